using System.Net;
using System.Net.Sockets;
using System.Text;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Tests.Crashing;
using AmoLtv.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Installing;

/// <summary>Installs against a real service, a real database and the sandbox CRM.</summary>
[TestFixture, Category("Slow")]
public sealed class InstallTests
{
    private ConnectedSandbox _crm = null!;

    [SetUp]
    public async Task StartAsync() => _crm = await ConnectedSandbox.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _crm.DisposeAsync();

    [Test]
    public async Task Call_of_the_CRM_after_a_widget_install_connects_the_account()
    {
        await _crm.ServeAsync();
        // The three seconds are those of a service that runs, not of one that is being compiled.
        Assert.That((await ConnectedSandbox.GetAsync(new Uri(_crm.HostAddress, "/oauth/callback"))).Status, Is.EqualTo(400));

        Assert.That(await _crm.InstallAsync(userId: null), Is.EqualTo(202));

        await _crm.EventuallyAsync("select count(*) from grants g join accounts a using (account_id) where g.is_admin and g.status = 'connected' and a.currency = 'RUB'", 1);
        Assert.That(await _crm.ScalarAsync<string>("select base_uri from accounts"), Is.EqualTo(_crm.Server.Address.GetLeftPart(UriPartial.Authority)));
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from pending_grants where code <> '' or tokens is not null"), Is.Zero, "A used code or token is still stored.");
    }

    [Test]
    public async Task Install_whose_caller_hangs_up_before_the_database_answers_is_not_lost()
    {
        await _crm.ServeAsync();
        await using var held = await TableLock.TakeAsync(_crm.Database, "pending_grants", "share");

        // The CRM waits three seconds for an answer, and does not call again.
        Assert.That(await _crm.InstallAsync(userId: null), Is.Zero, "The service answered although it could not keep the code.");
        await held.ReleaseAsync();

        await _crm.EventuallyAsync("select count(*) from grants where status = 'connected'", 1);
    }

    [Test]
    public async Task Tokens_are_not_readable_in_the_database()
    {
        await _crm.ConnectAsync();

        var stored = Encoding.Latin1.GetString(await _crm.ScalarAsync<byte[]>("select access_token || refresh_token from grants"));

        Assert.That(stored, Does.Not.Contain("eyJ").And.Not.Contain("def50200"));
    }

    [Test]
    public async Task Install_begun_in_a_browser_ends_on_a_page_that_says_so()
    {
        await _crm.ServeAsync();
        var (begin, cookie) = await BeginAsync();

        var back = await _crm.DecideAsync(begin, "allow");
        var (status, body, _, _) = await ConnectedSandbox.GetAsync(back, cookie, "en-GB,en;q=0.9");

        Assert.That(status, Is.EqualTo(200), body);
        Assert.That(body, Does.Contain("The account is connected"));
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from grants"), Is.EqualTo(1));
    }

    [Test]
    public async Task Person_who_refuses_sees_a_page_in_the_own_language_and_nothing_is_stored()
    {
        await _crm.ServeAsync();
        var (begin, cookie) = await BeginAsync();

        var (status, body, _, _) = await ConnectedSandbox.GetAsync(await _crm.DecideAsync(begin, "deny"), cookie, "ru,en;q=0.5");

        Assert.That(status, Is.EqualTo(403));
        Assert.That(body, Does.Contain("Доступ не предоставлен"));
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from pending_grants"), Is.Zero);
    }

    [Test]
    public async Task State_works_once()
    {
        await _crm.ServeAsync();
        var (begin, cookie) = await BeginAsync();
        var back = await _crm.DecideAsync(begin, "allow");

        Assert.That((await ConnectedSandbox.GetAsync(back, cookie)).Status, Is.EqualTo(200));
        Assert.That((await ConnectedSandbox.GetAsync(back, cookie)).Status, Is.EqualTo(400));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task State_of_another_browser_is_refused(bool hasCookie)
    {
        await _crm.ServeAsync();
        var (begin, own) = await BeginAsync();
        var cookie = hasCookie ? own.Split('=')[0] + "=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" : null;

        Assert.That((await ConnectedSandbox.GetAsync(await _crm.DecideAsync(begin, "allow"), cookie)).Status, Is.EqualTo(400));
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from pending_grants"), Is.Zero);
    }

    [Test]
    public async Task State_older_than_ten_minutes_is_refused()
    {
        await _crm.ServeAsync();
        var (begin, cookie) = await BeginAsync();
        await _crm.ExecuteAsync("update oauth_states set created_at = created_at - interval '10 minutes'");

        Assert.That((await ConnectedSandbox.GetAsync(await _crm.DecideAsync(begin, "allow"), cookie)).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task Forged_state_is_refused()
    {
        await _crm.ServeAsync();
        var (begin, cookie) = await BeginAsync();
        var back = await _crm.DecideAsync(begin, "allow");
        var forged = new Uri(back.ToString().Replace("state=", "state=AAAA", StringComparison.Ordinal));

        Assert.That((await ConnectedSandbox.GetAsync(forged, cookie)).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task Call_without_state_that_is_not_the_CRM_s_is_refused()
    {
        await _crm.ServeAsync();

        Assert.That((await ConnectedSandbox.GetAsync(Callback($"code=x&referer={_crm.Server.Address.Authority}"))).Status, Is.EqualTo(400));
    }

    [TestCase("{listener}")]
    [TestCase("{listener}@acme.amocrm.ru")]
    [TestCase("acme.amocrm.ru@{listener}")]
    [TestCase("{listener}/.amocrm.ru")]
    [TestCase("{crm}@{listener}")]
    public async Task Host_outside_the_list_gets_no_secret(string referer)
    {
        await _crm.ServeAsync();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        referer = referer
            .Replace("{listener}", listener.LocalEndpoint.ToString(), StringComparison.Ordinal)
            .Replace("{crm}", _crm.Server.Address.Authority, StringComparison.Ordinal);

        var (status, body, _, _) = await ConnectedSandbox.GetAsync(
            Callback($"from_widget=1&code=x&client_id={ConnectedSandbox.ClientId}&referer={Uri.EscapeDataString(referer)}"));

        Assert.That(status, Is.EqualTo(400));
        Assert.That(body, Does.Contain("Неизвестный адрес"));
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from pending_grants"), Is.Zero);
        Assert.That(listener.Pending(), Is.False, "Something was sent to a host outside the list.");
    }

    [Test]
    public async Task Host_taken_off_the_list_gets_no_secret_though_its_code_was_kept_before()
    {
        var services = _crm.NewProcess();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var pending = services.GetRequiredService<PendingGrantStore>();
        var id = await pending.AddAsync(ConnectedSandbox.ClientId, new Uri($"http://{listener.LocalEndpoint}"), "code", fromWidget: true, CancellationToken.None);

        await services.GetRequiredService<GrantExchange>().ProcessAsync(id!.Value, CancellationToken.None);

        Assert.That((await pending.FindAsync(id.Value, CancellationToken.None))!.Status, Is.EqualTo("refused"));
        Assert.That(listener.Pending(), Is.False);
    }

    [Test]
    public async Task Person_who_is_no_administrator_cannot_connect_an_account()
    {
        await _crm.ServeAsync();

        await _crm.InstallAsync(NonAdmin());

        await _crm.EventuallyAsync("select count(*) from pending_grants where status = 'refused' and refusal = 'NotAdmin'", 1);
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from accounts"), Is.Zero);
    }

    [Test]
    public async Task Grant_of_an_administrator_is_not_replaced_by_another_person_s()
    {
        await _crm.ConnectAsync();
        var before = await _crm.ScalarAsync<byte[]>("select access_token from grants");

        await _crm.InstallAsync(NonAdmin());

        await _crm.EventuallyAsync("select count(*) from pending_grants where status = 'refused' and refusal = 'AdminConnected'", 1);
        Assert.That(await _crm.ScalarAsync<byte[]>("select access_token from grants"), Is.EqualTo(before));
    }

    [Test]
    public async Task Code_the_CRM_does_not_know_is_refused_with_its_words()
    {
        await _crm.ServeAsync();

        await ConnectedSandbox.GetAsync(Callback($"from_widget=1&code=x&client_id={ConnectedSandbox.ClientId}&referer={_crm.Server.Address.Authority}"));

        await _crm.EventuallyAsync("select count(*) from pending_grants where refusal = 'CodeRefused' and reason like '%Cannot decrypt the authorization code%'", 1);
    }

    [Test]
    public async Task Code_kept_by_a_process_that_died_is_exchanged_by_the_next()
    {
        var dead = _crm.NewProcess();
        var code = (await _crm.ControlAsync(HttpMethod.Post, "install", new { clientId = ConnectedSandbox.ClientId })).GetProperty("code").GetString()!;
        await dead.GetRequiredService<PendingGrantStore>().AddAsync(ConnectedSandbox.ClientId, _crm.Server.Address, code, fromWidget: true, CancellationToken.None);

        await _crm.ServeAsync();

        await _crm.EventuallyAsync("select count(*) from grants where status = 'connected'", 1);
    }

    [Test]
    public async Task Account_that_cannot_be_asked_at_once_is_asked_again_with_the_tokens_kept()
    {
        await _crm.ServeAsync();
        await _crm.FailAsync("/api/v4/account", "500", count: 5);

        await _crm.InstallAsync(userId: null);

        await _crm.EventuallyAsync("select count(*) from pending_grants where status = 'waiting' and attempts = 1 and tokens is not null and reason is not null", 1);
        await _crm.ExecuteAsync("update pending_grants set not_before = now()");
        await _crm.EventuallyAsync("select count(*) from grants where status = 'connected'", 1);
        Assert.That(await _crm.CountAsync("POST /oauth2/access_token"), Is.EqualTo(1), "The code was exchanged twice.");
    }

    [Test]
    public async Task Code_older_than_twenty_minutes_is_not_sent()
    {
        var services = _crm.NewProcess();
        var pending = services.GetRequiredService<PendingGrantStore>();
        var id = await pending.AddAsync(ConnectedSandbox.ClientId, _crm.Server.Address, "code", fromWidget: true, CancellationToken.None);
        await _crm.ExecuteAsync("update pending_grants set received_at = received_at - interval '21 minutes'");

        await services.GetRequiredService<GrantExchange>().ProcessAsync(id!.Value, CancellationToken.None);

        Assert.That((await pending.FindAsync(id.Value, CancellationToken.None))!.Status, Is.EqualTo("expired"));
        Assert.That(await _crm.CountAsync("POST /oauth2/access_token"), Is.Zero);
    }

    [Test]
    public async Task Two_tabs_of_one_browser_install_side_by_side_and_a_failure_of_one_ends_neither()
    {
        await _crm.ServeAsync();
        var (first, cookieOfFirst) = await BeginAsync();
        var (second, cookieOfSecond) = await BeginAsync();
        var cookies = $"{cookieOfFirst}; {cookieOfSecond}";
        var forged = await ConnectedSandbox.GetAsync(Callback("code=x&state=forged"), cookies);

        Assert.That(forged.Cookie, Is.Null);
        Assert.That((await ConnectedSandbox.GetAsync(await _crm.DecideAsync(first, "allow"), cookies)).Status, Is.EqualTo(200));
        Assert.That((await ConnectedSandbox.GetAsync(await _crm.DecideAsync(second, "allow"), cookies)).Status, Is.EqualTo(200));
    }

    [Test]
    public void Client_id_written_in_capitals_is_the_same_integration()
    {
        var id = ConnectedSandbox.ClientId;
        var services = _crm.NewProcess(("Integrations:0:ClientId", $" {id.ToUpperInvariant()}"));

        Assert.That(services.GetRequiredService<IntegrationDirectory>().Find(id)?.ClientId, Is.EqualTo(id));
    }

    [Test]
    public async Task Words_of_a_caller_are_shown_escaped()
    {
        await _crm.ServeAsync();

        var (status, body, _, _) = await ConnectedSandbox.GetAsync(Callback("error=" + Uri.EscapeDataString("<script>alert(1)</script>")));

        Assert.That(status, Is.EqualTo(400));
        Assert.That(body, Does.Not.Contain("<script>"));
    }

    private async Task<(Uri Authorize, string Cookie)> BeginAsync()
    {
        var (status, _, location, cookie) = await ConnectedSandbox.GetAsync(new Uri(_crm.HostAddress, $"/oauth/install?client_id={ConnectedSandbox.ClientId}"));
        Assert.That(status, Is.EqualTo(302));
        return (location!, cookie!);
    }

    private long NonAdmin() => _crm.Server.State.Users.First(user => !user.IsAdmin && user.IsActive).Id;

    private Uri Callback(string query) => new(_crm.HostAddress, "/oauth/callback?" + query);
}
