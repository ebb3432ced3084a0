using AmoLtv.AmoCrm.Transport;
using AmoLtv.Host.Installing;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Installing;

/// <summary>Renewal of tokens across processes, against the sandbox CRM.</summary>
[TestFixture, Category("Slow")]
public sealed class TokenKeeperTests
{
    private ConnectedSandbox _crm = null!;

    [TearDown]
    public async Task StopAsync() => await _crm.DisposeAsync();

    [Test]
    public async Task Two_processes_renew_a_token_once()
    {
        _crm = await ConnectedSandbox.StartAsync();
        await _crm.ConnectAsync();
        var keepers = new[] { Keeper(), Keeper() };
        await _crm.ExecuteAsync("update grants set expires_at = now()");
        await _crm.ControlAsync(HttpMethod.Delete, "statistics");

        var tokens = await Task.WhenAll(Enumerable.Range(0, 16).Select(caller =>
            keepers[caller % 2].GetAsync(_crm.Account, ConnectedSandbox.ClientId, rejected: null, CancellationToken.None)));

        Assert.That(tokens.Select(token => token.Value).Distinct().Count(), Is.EqualTo(1));
        Assert.That(await _crm.CountAsync("POST /oauth2/access_token"), Is.EqualTo(1));
    }

    [Test]
    public async Task Token_the_CRM_rejects_is_renewed_and_the_call_repeated()
    {
        _crm = await ConnectedSandbox.StartAsync();
        var services = await _crm.ConnectAsync();
        await _crm.ExecuteAsync(
            "update grants set access_token = @Token", new { Token = services.GetRequiredService<SecretProtector>().Protect("no such token") });

        var client = await services.GetRequiredService<CrmConnections>().OpenAsync(_crm.Account, CancellationToken.None);
        var account = await client.GetAccountAsync(CancellationToken.None);

        Assert.That(account.Id, Is.EqualTo(_crm.Account));
    }

    [Test]
    public async Task Revoked_grant_is_marked_lost_with_the_admin_s_next_step()
    {
        _crm = await ConnectedSandbox.StartAsync();
        var services = await _crm.ConnectAsync();
        await _crm.ControlAsync(HttpMethod.Post, "revoke", new { clientId = ConnectedSandbox.ClientId });
        var client = await services.GetRequiredService<CrmConnections>().OpenAsync(_crm.Account, CancellationToken.None);

        Assert.That(
            async () => await client.GetAccountAsync(CancellationToken.None),
            Throws.TypeOf<ConnectionLostException>().With.Message.Contains("Token has been revoked").And.Message.Contains("install the integration again"));
        Assert.That(await _crm.ScalarAsync<string>("select status from grants"), Is.EqualTo("lost"));
        Assert.That(
            async () => await services.GetRequiredService<CrmConnections>().OpenAsync(_crm.Account, CancellationToken.None),
            Throws.TypeOf<ConnectionLostException>());
    }

    [Test]
    public async Task Lost_answer_is_asked_for_once_more_with_the_old_token()
    {
        _crm = await ConnectedSandbox.StartAsync(options => options with { LenientRefresh = true });
        await _crm.ConnectAsync();
        await _crm.FailAsync("/oauth2/access_token", "lost");

        var token = await RenewAsync();

        Assert.That(token.Value, Is.Not.Empty);
        Assert.That(await _crm.ScalarAsync<string>("select status from grants"), Is.EqualTo("connected"));
    }

    [Test]
    public async Task Renewal_whose_caller_leaves_is_stored_all_the_same()
    {
        _crm = await ConnectedSandbox.StartAsync();
        await _crm.ConnectAsync();
        await _crm.ExecuteAsync("update grants set expires_at = now()");
        var keeper = Keeper();
        await _crm.ControlAsync(HttpMethod.Delete, "statistics");
        using var caller = new CancellationTokenSource();
        Task<AccessToken> asked;
        lock (_crm.Server.State.Gate)
        {
            // The CRM has the question and cannot answer: that is when a person closes the card.
            asked = Task.Run(() => keeper.GetAsync(_crm.Account, ConnectedSandbox.ClientId, rejected: null, caller.Token));
            SpinWait.SpinUntil(() => _crm.CountAsync("POST /oauth2/access_token").GetAwaiter().GetResult() == 1, TimeSpan.FromSeconds(20));
            caller.Cancel();
        }

        await asked.ContinueWith(static _ => { }, TaskScheduler.Default);

        Assert.That(await _crm.CountAsync("POST /oauth2/access_token"), Is.EqualTo(1));
        await _crm.ExecuteAsync("update grants set expires_at = now()");
        Assert.That((await Keeper().GetAsync(_crm.Account, ConnectedSandbox.ClientId, null, CancellationToken.None)).Value, Is.Not.Empty);
        Assert.That(await _crm.ScalarAsync<string>("select status from grants"), Is.EqualTo("connected"));
    }

    [Test]
    public async Task Wrong_secret_of_ours_does_not_end_a_grant()
    {
        _crm = await ConnectedSandbox.StartAsync();
        await _crm.ConnectAsync();
        await _crm.ExecuteAsync("update grants set expires_at = now()");
        var misconfigured = _crm.NewProcess(("Integrations:0:ClientSecret", new string('0', 64))).GetRequiredService<TokenKeeper>();

        Assert.That(
            async () => await misconfigured.GetAsync(_crm.Account, ConnectedSandbox.ClientId, null, CancellationToken.None),
            Throws.TypeOf<CrmException>().With.Message.Contains("ClientSecret"));
        Assert.That((await RenewAsync()).Value, Is.Not.Empty);
    }

    [Test]
    public async Task Slow_renewal_holds_one_database_connection_however_many_wait()
    {
        _crm = await ConnectedSandbox.StartAsync();
        await _crm.ConnectAsync();
        await _crm.ExecuteAsync("update grants set expires_at = now()");
        await _crm.FailAsync("/oauth2/access_token", "timeout", 2);
        var keeper = _crm.NewProcess(("Crm:TimeoutSeconds", "2")).GetRequiredService<TokenKeeper>();
        await _crm.ControlAsync(HttpMethod.Delete, "statistics");

        var waiting = Enumerable.Range(0, 200)
            .Select(_ => keeper.GetAsync(_crm.Account, ConnectedSandbox.ClientId, null, CancellationToken.None))
            .ToList();
        await Task.WhenAll(waiting.Select(one => one.ContinueWith(static _ => { }, TaskScheduler.Default)));

        Assert.That(waiting.Select(one => one.Exception?.InnerException), Has.All.TypeOf<CrmException>());
        Assert.That(await _crm.CountAsync("POST /oauth2/access_token"), Is.EqualTo(2), "Asked once, and once more with the old token.");
    }

    [TestCase("html", 2)]
    [TestCase("500", 2)]
    [TestCase("403", 1)]
    public async Task Trouble_of_the_CRM_does_not_end_a_grant(string kind, int attempts)
    {
        _crm = await ConnectedSandbox.StartAsync();
        await _crm.ConnectAsync();
        await _crm.FailAsync("/oauth2/access_token", kind, attempts);

        Assert.That(async () => await RenewAsync(), Throws.TypeOf<CrmException>());
        Assert.That(await _crm.ScalarAsync<string>("select status from grants"), Is.EqualTo("connected"));
        Assert.That((await RenewAsync()).Value, Is.Not.Empty);
    }

    [Test]
    public async Task Account_that_nobody_connected_says_what_to_do()
    {
        _crm = await ConnectedSandbox.StartAsync();
        var connections = _crm.NewProcess().GetRequiredService<CrmConnections>();

        Assert.That(
            async () => await connections.OpenAsync(_crm.Account, CancellationToken.None),
            Throws.TypeOf<ConnectionLostException>().With.Message.Contains("must install the integration"));
    }

    private async Task<AccessToken> RenewAsync()
    {
        await _crm.ExecuteAsync("update grants set expires_at = now()");
        return await Keeper().GetAsync(_crm.Account, ConnectedSandbox.ClientId, rejected: null, CancellationToken.None);
    }

    private TokenKeeper Keeper() => _crm.NewProcess().GetRequiredService<TokenKeeper>();
}
