using AmoLtv.AmoCrm.Transport;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Tests.Installing;
using AmoLtv.Sandbox;
using AmoLtv.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Connecting;

/// <summary>A grant through its life: renewed ahead of time, followed to another address, over a change of the secret, without a refresh token.</summary>
[TestFixture, Category("Slow")]
public sealed class GrantLifeTests
{
    private ConnectedSandbox _crm = null!;

    [SetUp]
    public async Task StartAsync() => _crm = await ConnectedSandbox.StartAsync(options => options with { Rate = 1000 });

    [TearDown]
    public async Task StopAsync() => await _crm.DisposeAsync();

    [Test]
    public async Task Token_of_twenty_hours_is_renewed_by_the_watch_and_a_younger_one_is_not()
    {
        var services = await ConnectAsync();
        await _crm.ExecuteAsync(
            "insert into runs (account_id, epoch, cause, steps, status, started_at) select account_id, 0, 'night', '{sync}', 'finished', now() from accounts");
        var watch = services.GetRequiredService<ConnectionWatch>();
        await AgeAsync(19.9);
        await watch.RunAsync(CancellationToken.None);
        var before = await RefreshesAsync();

        await AgeAsync(0.2);
        await watch.RunAsync(CancellationToken.None);
        await watch.RunAsync(CancellationToken.None);

        Assert.That((before, await RefreshesAsync()), Is.EqualTo((0, 1)));
        Assert.That(await _crm.ScalarAsync<bool>("select issued_at > now() - interval '1 minute' from grants"), Is.True);
    }

    [Test]
    public async Task Renewal_that_fails_for_now_is_a_state_and_is_not_tried_by_the_second()
    {
        var services = await ConnectAsync();
        await AgeAsync(24 * 8);
        await _crm.FailAsync("/oauth2/access_token", "502", count: 2);
        var watch = services.GetRequiredService<ConnectionWatch>();
        await watch.RunAsync(CancellationToken.None);
        await watch.RunAsync(CancellationToken.None);

        Assert.That(await RefreshesAsync(), Is.EqualTo(2), "Once, and once more since the answer may have been lost.");
        Assert.That((await ReportAsync(services)).Code, Is.EqualTo("renewalFailing"));

        await _crm.ExecuteAsync("update grants set renewal_tried_at = renewal_tried_at - interval '1 minute'");
        await _crm.NewProcess().GetRequiredService<ConnectionWatch>().RunAsync(CancellationToken.None);
        Assert.That((await ReportAsync(services)).Code, Is.EqualTo("connected"));
    }

    [Test]
    public async Task Account_that_was_renamed_is_found_by_the_API_host_its_token_named()
    {
        var services = await ConnectAndRenameAsync();
        await _crm.ExecuteAsync("update grants set expires_at = now()");

        var token = await services.GetRequiredService<TokenKeeper>().GetAsync(_crm.Account, ConnectedSandbox.ClientId, null, CancellationToken.None);

        Assert.That(token.Value, Is.Not.Empty);
        Assert.That(await AddressAsync(), Is.EqualTo(new Uri($"http://localhost:{_crm.Server.Address.Port}")));
    }

    [Test]
    public async Task Account_that_was_renamed_is_found_while_its_token_is_still_good()
    {
        var services = await ConnectAndRenameAsync();

        var answer = await services.GetRequiredService<ConnectionProbe>().ProbeAsync(_crm.Account, ConnectedSandbox.ClientId, CancellationToken.None);

        Assert.That(answer.Kind, Is.EqualTo(ProbeAnswer.Outcome.Works));
        Assert.That(await AddressAsync(), Is.EqualTo(new Uri($"http://localhost:{_crm.Server.Address.Port}")));
        Assert.That(await RefreshesAsync(), Is.Zero);
    }

    [Test]
    public async Task Refresh_token_is_not_sent_to_an_API_host_outside_the_list()
    {
        var services = await _crm.ConnectQuietlyAsync(("Crm:ExtraHosts:1", $"127.0.0.1:{FreePort.Next()}"));
        await MoveAwayAsync(services);
        await _crm.ExecuteAsync("update grants set expires_at = now(), api_domain = 'evil.example.com'");

        Assert.That(
            async () => await services.GetRequiredService<TokenKeeper>().GetAsync(_crm.Account, ConnectedSandbox.ClientId, null, CancellationToken.None),
            Throws.TypeOf<CrmException>());
        Assert.That(await _crm.CountAsync("GET /oauth2/account/current/subdomain"), Is.Zero);
    }

    [Test]
    public async Task Token_is_renewed_with_the_secret_before_a_change_while_the_CRM_still_goes_by_it()
    {
        await _crm.ConnectQuietlyAsync();
        await _crm.ExecuteAsync("update grants set expires_at = now()");
        var changing = _crm.NewProcess(
            ("Integrations:0:ClientSecret", new string('n', 64)), ("Integrations:0:PreviousClientSecret", SandboxOptions.DefaultIntegration.Secret));
        await _crm.ControlAsync(HttpMethod.Delete, "statistics");

        var token = await changing.GetRequiredService<TokenKeeper>().GetAsync(_crm.Account, ConnectedSandbox.ClientId, null, CancellationToken.None);

        Assert.That(token.Value, Is.Not.Empty);
        Assert.That(await RefreshesAsync(), Is.EqualTo(2), "The new secret first, then the previous one.");
    }

    [Test]
    public async Task Wrong_secret_is_a_state_of_its_own_with_the_settings_to_look_at()
    {
        await _crm.ConnectQuietlyAsync();
        await _crm.ExecuteAsync("update grants set expires_at = now()");
        var wrong = _crm.NewProcess(("Integrations:0:ClientSecret", new string('n', 64)));

        Assert.That(
            async () => await wrong.GetRequiredService<TokenKeeper>().GetAsync(_crm.Account, ConnectedSandbox.ClientId, null, CancellationToken.None),
            Throws.TypeOf<CrmException>());
        var report = await ReportAsync(wrong);
        Assert.That(report.Code, Is.EqualTo("renewalRefused"));
        Assert.That(report.State.En.NextStep, Does.Contain("ClientSecret"));
    }

    [Test]
    public async Task Renewal_that_is_refused_for_a_day_without_a_word_of_the_token_is_a_lost_connection_with_the_next_step()
    {
        await _crm.ConnectQuietlyAsync();
        await _crm.ExecuteAsync("update grants set expires_at = now()");
        Assert.That(RefuseAsync, Throws.TypeOf<CrmException>());
        await _crm.ExecuteAsync("update grants set renewal_failures = 4, renewal_failed_at = now() - interval '25 hours'");

        Assert.That(RefuseAsync, Throws.TypeOf<ConnectionLostException>().With.Message.Contains("install the integration again"));
        var report = await ReportAsync(_crm.NewProcess());
        Assert.That(report.Code, Is.EqualTo("lost"));
        Assert.That(report.State.Detail, Does.Contain("ClientSecret"));
    }

    [Test]
    public async Task Refusal_counts_its_time_anew_after_the_CRM_was_silent()
    {
        await _crm.ConnectQuietlyAsync();
        await _crm.ExecuteAsync("update grants set expires_at = now(), renewal_failures = 10, renewal_failed_at = now() - interval '3 days'");

        Assert.That(RefuseAsync, Throws.TypeOf<CrmException>());
        Assert.That(await _crm.ScalarAsync<bool>("select renewal_refused and renewal_failed_at > now() - interval '1 minute' from grants"), Is.True);
    }

    [TestCase(2, true)]
    [TestCase(0.5, false)]
    public async Task Refusal_lasts_an_hour_where_another_account_was_renewed_with_the_same_settings(double hours, bool isLost)
    {
        await _crm.ConnectQuietlyAsync();
        await _crm.ExecuteAsync(
            """
            insert into accounts (account_id, base_uri, brand) values (5, 'https://other.amocrm.ru', 'amocrm');
            insert into grants (account_id, client_id, access_token, refresh_token, expires_at, granted_by, is_admin, status, issued_at)
            select 5, client_id, access_token, refresh_token, expires_at, 1, true, 'connected', now() from grants;
            update grants set expires_at = now(), renewal_failures = 4, renewal_refused = true, renewal_failed_at = now() - make_interval(mins => @Minutes)
            where account_id = @Own
            """,
            new { Minutes = (int)(hours * 60), Own = _crm.Account.Value });

        Assert.That(RefuseAsync, isLost ? Throws.TypeOf<ConnectionLostException>() : Throws.TypeOf<CrmException>());
    }

    [Test]
    public async Task Long_lived_token_connects_an_account_and_is_never_renewed_until_its_end_is_a_lost_connection()
    {
        var services = await ConnectLongLivedAsync();
        await services.GetRequiredService<ConnectionWatch>().RunAsync(CancellationToken.None);
        var keeper = services.GetRequiredService<TokenKeeper>();
        await _crm.ExecuteAsync("update grants set expires_at = now() + interval '1 minute', issued_at = now() - interval '1 year'");

        Assert.That((await keeper.GetAsync(_crm.Account, ConnectedSandbox.ClientId, null, CancellationToken.None)).Value, Is.Not.Empty, "Used to its last minute.");
        Assert.That((await ReportAsync(services)).Notices.Select(notice => notice.Code), Does.Contain("tokenEnding"));

        await _crm.ExecuteAsync("update grants set expires_at = now()");
        Assert.That(
            async () => await keeper.GetAsync(_crm.Account, ConnectedSandbox.ClientId, null, CancellationToken.None),
            Throws.TypeOf<ConnectionLostException>().With.Message.Contains("long-lived token has ended"));
        Assert.That((await ReportAsync(services)).Code, Is.EqualTo("lost"));
        Assert.That(await RefreshesAsync(), Is.Zero);
    }

    [Test]
    public async Task Long_lived_token_that_was_revoked_is_a_lost_connection()
    {
        var services = await ConnectLongLivedAsync();
        await _crm.ControlAsync(HttpMethod.Post, "revoke", new { clientId = ConnectedSandbox.ClientId });

        var answer = await services.GetRequiredService<ConnectionProbe>().ProbeAsync(_crm.Account, ConnectedSandbox.ClientId, CancellationToken.None);

        Assert.That(answer.Kind, Is.EqualTo(ProbeAnswer.Outcome.Lost));
        Assert.That((await ReportAsync(services)).State.Detail, Does.Contain("long-lived"));
    }

    [TestCase("evil.example.com", "--host")]
    [TestCase("acme.amocrm.ru:8443", "--host")]
    public void Long_lived_token_is_not_sent_to_a_host_outside_the_list(string host, string words) =>
        Assert.That(
            async () => await _crm.NewProcess().GetRequiredService<LongLivedConnect>().ConnectAsync(null, host, "a.b.c", DateTimeOffset.MaxValue, CancellationToken.None),
            Throws.TypeOf<CommandFailedException>().With.Message.Contains(words));

    [Test]
    public void Long_lived_token_that_does_not_say_its_end_needs_it_said() =>
        Assert.That(
            async () => await _crm.NewProcess().GetRequiredService<LongLivedConnect>().ConnectAsync(null, _crm.Server.Address.Authority, "opaque", null, CancellationToken.None),
            Throws.TypeOf<CommandFailedException>().With.Message.Contains("--expires"));

    /// <summary>A renewal that the CRM refuses because of a setting, which it does not say.</summary>
    private async Task RefuseAsync() => await _crm.NewProcess(("Integrations:0:ClientSecret", new string('n', 64)))
        .GetRequiredService<TokenKeeper>().GetAsync(_crm.Account, ConnectedSandbox.ClientId, null, CancellationToken.None);

    private async Task<IServiceProvider> ConnectAsync()
    {
        var services = await _crm.ConnectQuietlyAsync();
        await _crm.ControlAsync(HttpMethod.Delete, "statistics");
        return services;
    }

    /// <summary>By a token that an admin made by hand for a year.</summary>
    private async Task<IServiceProvider> ConnectLongLivedAsync()
    {
        var services = _crm.NewProcess();
        var made = await _crm.ControlAsync(HttpMethod.Post, "long_token", new { clientId = ConnectedSandbox.ClientId, days = 365 });
        await services.GetRequiredService<LongLivedConnect>().ConnectAsync(
            null, _crm.Server.Address.Authority, made.GetProperty("access_token").GetString()!, null, CancellationToken.None);
        Assert.That(await _crm.ScalarAsync<bool>("select refresh_token is null and is_admin and expires_at > now() + interval '364 days' from grants"), Is.True);
        return services;
    }

    /// <summary>The account gets another host; the old one answers 404 from then on.</summary>
    private async Task<IServiceProvider> ConnectAndRenameAsync()
    {
        var services = await _crm.ConnectQuietlyAsync(("Crm:ExtraHosts:1", $"localhost:{_crm.Server.Address.Port}"));
        await _crm.ControlAsync(HttpMethod.Post, "rename");
        await _crm.ControlAsync(HttpMethod.Delete, "statistics");
        return services;
    }

    /// <summary>The stored address becomes one where nobody listens, as after a rename.</summary>
    private async Task MoveAwayAsync(IServiceProvider services)
    {
        var empty = services.GetRequiredService<IntegrationDirectory>().ExtraHosts[1];
        await _crm.ExecuteAsync("update accounts set base_uri = @Address", new { Address = empty.GetLeftPart(UriPartial.Authority) });
        await _crm.ControlAsync(HttpMethod.Delete, "statistics");
    }

    private Task AgeAsync(double hours) => _crm.ExecuteAsync(
        "update grants set issued_at = issued_at - @Age, expires_at = expires_at - @Age; delete from runs where started_at < now() - interval '1 day'",
        new { Age = TimeSpan.FromHours(hours) });

    private async Task<Uri> AddressAsync() => new(await _crm.ScalarAsync<string>("select base_uri from accounts"));

    private Task<int> RefreshesAsync() => _crm.CountAsync("POST /oauth2/access_token");

    private async Task<ConnectionAnswer> ReportAsync(IServiceProvider services) =>
        (await services.GetRequiredService<ConnectionReport>().ReadAsync(_crm.Account, CancellationToken.None))!;
}
