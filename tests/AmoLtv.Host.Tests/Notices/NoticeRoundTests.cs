using System.Net;
using System.Text;
using System.Text.Json;
using AmoLtv.Core.Identity;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Notices;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Notices;

/// <summary>Who is told what, over a real mail server and a real receiver of webhooks on loopback.</summary>
[TestFixture, Category("Slow")]
public sealed class NoticeRoundTests
{
    private static readonly AccountId Account = new(77);

    private SmtpListener _mail = null!;
    private HttpListenerStub _hook = null!;
    private HostServer _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        (_mail, _hook) = (new SmtpListener(), new HttpListenerStub());
        _server = await HostServer.StartAsync(
            null,
            ("Notices:SmtpHost", "127.0.0.1"),
            ("Notices:SmtpPort", _mail.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("Notices:SmtpStartTls", "false"),
            ("Notices:SmtpFrom", "ltv@example.com"),
            ("Notices:AllowLoopbackWebhooks", "true"));
        await ExecuteAsync(
            """
            insert into accounts (account_id, base_uri, brand, name) values (77, 'https://acme.amocrm.ru', 'amocrm', 'Acme');
            insert into grants (account_id, client_id, access_token, expires_at, granted_by, is_admin, status, status_reason)
            values (77, 'someone', '', now(), 5, true, 'lost', 'The token was revoked.');
            """);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        await _hook.DisposeAsync();
        await _mail.DisposeAsync();
    }

    [Test]
    public async Task Lost_connection_is_told_once_by_mail_and_by_a_signed_post_and_again_when_it_is_lost_again()
    {
        var secret = await TellAsync(email: "admin@example.com", url: _hook.Address.ToString());

        await RoundAsync();
        await RoundAsync();

        Assert.That(_mail.Messages, Has.Count.EqualTo(1));
        Assert.That(_mail.Messages[0], Does.Contain("To: admin@example.com").And.Contain("Message-ID: <LTV-"));
        var (_, signature, body) = _hook.Requests.Single();
        var told = JsonSerializer.Deserialize<JsonElement>(body);
        Assert.That((told.GetProperty("account").GetInt64(), told.GetProperty("kind").GetString()), Is.EqualTo((77L, "connectionLost")));
        Assert.That(told.GetProperty("text").GetString(), Does.Contain("Acme").And.Contain("The token was revoked."));
        Assert.That(signature, Is.EqualTo(Signed(secret!, signature, body)));

        await ExecuteAsync("update grants set status = 'connected'");
        await RoundAsync();
        Assert.That(await ScalarAsync("select count(*) from incidents where closed_at is not null"), Is.EqualTo(1));

        // Two days later it is lost again.
        await ExecuteAsync("update notices set sent_at = sent_at - interval '2 days'; update grants set status = 'lost'");
        await RoundAsync();
        Assert.That(_mail.Messages, Has.Count.EqualTo(2));
    }

    /// <summary>As after the loss of the folder of keys, which is what there is to tell.</summary>
    [Test]
    public async Task Webhook_whose_secret_cannot_be_read_keeps_no_other_channel_silent_and_gets_a_new_one_when_it_is_saved()
    {
        await TellAsync(email: "admin@example.com", url: _hook.Address.ToString());
        await ExecuteAsync("update notice_settings set webhook_secret = 'x'");

        await RoundAsync();

        Assert.That((_mail.Messages.Count, _hook.Requests.Count), Is.EqualTo((1, 0)));
        Assert.That(await TellAsync(email: "admin@example.com", url: _hook.Address.ToString()), Is.Not.Null);
    }

    [Test]
    public async Task Failed_night_is_told_in_the_language_of_the_account_and_over_when_a_later_one_finishes()
    {
        await TellAsync(url: _hook.Address.ToString());
        await ExecuteAsync(
            """
            update grants set status = 'connected';
            insert into account_languages (account_id, language) values (77, 'en');
            insert into notice_settings (account_id, is_in_crm) values (77, false) on conflict (account_id) do update set is_in_crm = false;
            insert into runs (account_id, epoch, cause, steps, status, started_at, finished_at, error)
            values (77, 1, 'night', array['sync', 'recalculate', 'write-back'], 'failed', now(), now(), 'Step sync: the CRM cannot be reached.');
            """);

        await RoundAsync();
        await ExecuteAsync(
            """
            insert into runs (account_id, epoch, cause, steps, status, started_at, finished_at)
            values (77, 2, 'night', array['sync', 'recalculate', 'write-back'], 'finished', now(), now())
            """);
        await RoundAsync();

        Assert.That(Encoding.UTF8.GetString(_hook.Requests.Single().Body), Does.Contain("nightly calculation of Acme failed").And.Contain("Step sync"));
        Assert.That(await ScalarAsync("select count(*) from incidents where closed_at is null"), Is.Zero);
    }

    [TestCase("update grants set hindrance = 'unpaid'", "unpaid or closed")]
    [TestCase("update grants set suspended_at = now()", "switched off")]
    [TestCase(
        """
        insert into runs (account_id, epoch, cause, steps, status, started_at)
        values (77, 1, 'command', array['write-back'], 'running', now() - interval '9 hours')
        """,
        "(command) has held the account since")]
    [TestCase("select 1", "no whole calculation has ended since")]
    public async Task Night_that_could_not_get_its_account_is_told_once_with_what_kept_it_and_is_over_with_the_next_one(string obstacle, string words)
    {
        await TellAsync(isInCrm: false, url: _hook.Address.ToString());
        await ExecuteAsync("update grants set status = 'connected'; update accounts set connected_at = now() - interval '3 days'");
        await ExecuteAsync(obstacle);

        await RoundAsync();
        await RoundAsync();

        var body = JsonSerializer.Deserialize<JsonElement>(_hook.Requests.Single().Body);
        Assert.That(body.GetProperty("kind").GetString(), Is.EqualTo("nightFailed"));
        Assert.That(body.GetProperty("text").GetString(), Does.Contain("could not begin").And.Contain(words));

        await ExecuteAsync(
            """
            insert into runs (account_id, epoch, cause, steps, status, started_at, finished_at)
            values (77, 2, 'night', array['sync', 'recalculate', 'write-back'], 'finished', now(), now())
            """);
        await RoundAsync();
        Assert.That(await ScalarAsync("select count(*) from incidents where closed_at is null"), Is.Zero);
    }

    [Test]
    public async Task Lost_connection_is_told_in_the_CRM_as_soon_as_it_is_back_where_the_CRM_is_the_only_channel()
    {
        await _server.InstallAsync();
        var own = _server.Account.Value;
        await HostServer.EventuallyAsync(async () => await ScalarAsync($"select count(*) from grants where account_id = {own}") == 1);
        await ExecuteAsync("update grants set status = 'lost', status_reason = 'Token has been revoked'");
        await RoundAsync();
        Assert.That(await ScalarAsync("select count(*) from notices"), Is.Zero, "There is nowhere to tell it.");

        await ExecuteAsync("update grants set status = 'connected'");
        await RoundAsync();
        await RoundAsync();

        await using (var connection = await _server.Database.OpenConnectionAsync())
        {
            Assert.That(
                await connection.QueryAsync<string>($"select concat_ws(' ', channel, status, error) from notices where account_id = {own}"),
                Is.EqualTo(["crm sent"]));
        }

        lock (_server.Sandbox.State.Gate)
        {
            var texts = _server.Sandbox.State.Tasks.All.Select(task => task.Text).ToList();
            Assert.That(texts, Has.One.Contains("Token has been revoked").And.One.Contains("Связь восстановлена"));
        }
    }

    [Test]
    public async Task Lost_connection_that_was_told_by_mail_is_not_told_again_when_it_is_back()
    {
        await TellAsync(email: "admin@example.com");
        await RoundAsync();
        await ExecuteAsync("update grants set status = 'connected'");

        await RoundAsync();

        Assert.That(_mail.Messages, Has.Count.EqualTo(1));
        Assert.That(await ScalarAsync("select count(*) from notices"), Is.EqualTo(1));
    }

    [Test]
    public async Task Receiver_that_refuses_is_tried_again_later_and_one_that_redirects_is_not_followed()
    {
        await TellAsync(url: new Uri(_hook.Address, "first").ToString());
        (_hook.Status, _hook.Location) = (HttpStatusCode.TemporaryRedirect, new Uri(_hook.Address, "second"));

        await RoundAsync();
        await RoundAsync();
        Assert.That(_hook.Requests.Select(request => request.Path), Is.EqualTo(new[] { "/first" }), "Not before its time, and not elsewhere.");

        (_hook.Status, _hook.Location) = (HttpStatusCode.OK, null);
        await ExecuteAsync("update notices set not_before = now() - interval '1 second'");
        await RoundAsync();

        Assert.That(_hook.Requests, Has.Count.EqualTo(2));
        Assert.That(await ScalarAsync("select count(*) from notices where status = 'sent' and attempts = 2"), Is.EqualTo(1));
    }

    [Test]
    public async Task Mail_that_is_refused_is_kept_with_its_reason()
    {
        await TellAsync(email: "nobody@example.com");
        _mail.IsRefusing = true;

        await RoundAsync();

        await using var connection = await _server.Database.OpenConnectionAsync();
        var (status, error) = await connection.QuerySingleAsync<(string, string)>("select status, error from notices where channel = 'email'");
        Assert.That(status, Is.EqualTo("waiting"));
        Assert.That(error, Does.StartWith("The mail server did not take the message"));
    }

    [Test]
    public async Task Receiver_that_lets_us_wait_keeps_no_other_account_waiting()
    {
        await using var other = new HttpListenerStub();
        await ExecuteAsync(
            """
            insert into accounts (account_id, base_uri, brand, name) values (78, 'https://other.amocrm.ru', 'amocrm', 'Other');
            insert into grants (account_id, client_id, access_token, expires_at, granted_by, is_admin, status, status_reason)
            values (78, 'someone', '', now(), 5, true, 'lost', 'The token was revoked.');
            """);
        await TellAsync(url: _hook.Address.ToString());
        await Settings.SaveAsync(new AccountId(78), isInCrm: true, null, other.Address.ToString(), isNewSecret: false, CancellationToken.None);
        var answering = new TaskCompletionSource();
        _hook.Patience = answering.Task;

        var round = RoundAsync();
        try
        {
            await HostServer.EventuallyAsync(async () => await ScalarAsync(
                "select count(*) from notices where (account_id, status) in ((77, 'sending'), (78, 'sent'))") == 2);
        }
        finally
        {
            answering.SetResult();
            await round;
        }

        Assert.That(await ScalarAsync("select count(*) from notices where status = 'sent'"), Is.EqualTo(2));
    }

    [TestCase("http://example.com/hook")]
    [TestCase("https://10.0.0.1/hook")]
    [TestCase("https://user:password@example.com/hook")]
    [TestCase("file:///etc/passwd")]
    [TestCase("nonsense")]
    public void Webhook_is_taken_only_over_https_to_the_internet(string url) =>
        Assert.That(() => TellAsync(url: url), Throws.TypeOf<CommandFailedException>());

    [Test]
    public async Task Settings_with_a_wrong_address_change_nothing_and_an_address_that_stays_keeps_its_secret()
    {
        var secret = await TellAsync(email: "anna@example.com", url: "https://example.com/hook");
        Assert.That(() => TellAsync(isInCrm: false, email: "boris@example.com", url: "http://example.com/hook"), Throws.TypeOf<CommandFailedException>());
        var untouched = await Settings.GetAsync(Account, CancellationToken.None);
        var again = await TellAsync(email: "boris@example.com", url: "https://example.com/hook");
        var changed = await Settings.GetAsync(Account, CancellationToken.None);

        Assert.That(untouched, Is.EqualTo(new NoticeSettings(true, "anna@example.com", "https://example.com/hook", secret)));
        Assert.That((again, changed), Is.EqualTo(((string?)null, untouched with { Email = "boris@example.com" })));
    }

    private Task<string?> TellAsync(bool isInCrm = true, string? email = null, string? url = null) =>
        Settings.SaveAsync(Account, isInCrm, email, url, isNewSecret: false, CancellationToken.None);

    private NoticeSettingsStore Settings => _server.Services.GetRequiredService<NoticeSettingsStore>();

    private Task RoundAsync() => _server.Services.GetRequiredService<NoticeRound>().RunAsync(CancellationToken.None);

    private static string Signed(string secret, string signature, byte[] body) => WebhookSender.Signature(
        secret, DateTimeOffset.FromUnixTimeSeconds(long.Parse(signature[2..signature.IndexOf(',', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture)), body);

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _server.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }

    private async Task<long> ScalarAsync(string sql)
    {
        await using var connection = await _server.Database.OpenConnectionAsync();
        return await connection.QuerySingleAsync<long>(sql);
    }
}
