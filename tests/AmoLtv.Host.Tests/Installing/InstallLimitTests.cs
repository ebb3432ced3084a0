using AmoLtv.Host.Installing;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Installing;

/// <summary>What anybody may send to the install addresses, and what is left of it.</summary>
[TestFixture, Category("Slow")]
public sealed class InstallLimitTests
{
    private ConnectedSandbox _crm = null!;

    [SetUp]
    public async Task StartAsync() => _crm = await ConnectedSandbox.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _crm.DisposeAsync();

    [Test]
    public async Task Flood_of_install_calls_is_cut_for_its_host()
    {
        await _crm.ServeAsync();
        var call = Callback($"from_widget=1&code=x&client_id={ConnectedSandbox.ClientId}&referer={_crm.Server.Address.Authority}");

        Assert.That((await StatusesAsync(call, 15)).Count(status => status == 429), Is.EqualTo(5));
    }

    [TestCase("from_widget=1&code=x&referer=evil.com")]
    [TestCase("from_widget=1&code=x&referer=acme.amocrm.ru&client_id=unknown")]
    public async Task Junk_takes_nothing_from_the_budget_of_honest_installs(string junk)
    {
        await _crm.ServeAsync();

        Assert.That(await StatusesAsync(Callback(junk), 40), Is.All.EqualTo(400));
        Assert.That(await _crm.InstallAsync(userId: null), Is.EqualTo(202));
    }

    [Test]
    public async Task Flood_of_begun_installs_is_cut()
    {
        await _crm.ServeAsync();

        Assert.That((await StatusesAsync(new Uri(_crm.HostAddress, "/oauth/install"), 25)).Count(status => status == 429), Is.EqualTo(5));
    }

    [TestCase(true, 25)]
    [TestCase(false, 20)]
    public async Task Limit_counts_the_client_where_the_proxy_is_known_and_the_proxy_where_not(bool isKnown, int taken)
    {
        await _crm.ServeAsync(!isKnown ? [] : [("Proxy:KnownProxies:0", "127.0.0.1")]);
        var statuses = new List<int>();
        for (var caller = 0; caller < 25; caller++)
        {
            statuses.Add((await ConnectedSandbox.GetAsync(new Uri(_crm.HostAddress, "/oauth/install"), forwardedFor: $"10.1.2.{caller}")).Status);
        }

        Assert.That(statuses.Count(status => status == 302), Is.EqualTo(taken));
    }

    [Test]
    public async Task Leftovers_of_installs_are_deleted_when_old_and_codes_that_wait_are_not()
    {
        var services = _crm.NewProcess();
        await services.GetRequiredService<OAuthStates>().BeginAsync("old", "browser", CancellationToken.None);
        await _crm.ExecuteAsync("update oauth_states set created_at = created_at - interval '25 hours'");
        await services.GetRequiredService<OAuthStates>().BeginAsync("new", "browser", CancellationToken.None);
        foreach (var status in new[] { "waiting", "refused", "exchanged" })
        {
            await _crm.ExecuteAsync(
                """
                insert into pending_grants (client_id, base_uri, code, from_widget, received_at, not_before, status)
                values ('x', 'https://acme.amocrm.ru', '', true, now() - interval '31 days', now(), @status), ('x', 'https://acme.amocrm.ru', '', true, now(), now(), @status)
                """,
                new { status });
        }

        await services.GetRequiredService<InstallLeftovers>().DeleteAsync(CancellationToken.None);

        Assert.That(await _crm.ScalarAsync<string>("select string_agg(client_id, ',') from oauth_states"), Is.EqualTo("new"));
        Assert.That(await _crm.ScalarAsync<string>("select string_agg(status, ',' order by status) from pending_grants"), Is.EqualTo("exchanged,refused,waiting,waiting"));
    }

    private static async Task<IReadOnlyList<int>> StatusesAsync(Uri address, int calls)
    {
        var statuses = new List<int>();
        for (var call = 0; call < calls; call++)
        {
            statuses.Add((await ConnectedSandbox.GetAsync(address)).Status);
        }

        return statuses;
    }

    private Uri Callback(string query) => new(_crm.HostAddress, "/oauth/callback?" + query);
}
