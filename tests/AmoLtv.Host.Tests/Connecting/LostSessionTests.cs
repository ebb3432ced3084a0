using AmoLtv.Host.Installing;
using AmoLtv.Host.Tests.Installing;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Connecting;

/// <summary>
/// The database drops the session between the CRM's answer and the commit, on a CRM where a refresh token works once: the pair in memory
/// is then all there is of the connection. The CRM is held while it works out its answer, so that each moment is the test's.
/// </summary>
[TestFixture, Category("Slow")]
public sealed class LostSessionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private ConnectedSandbox _crm = null!;
    private IServiceProvider _services = null!;

    [SetUp]
    public async Task ConnectAsync()
    {
        _crm = await ConnectedSandbox.StartAsync(options => options with { Rate = 1000 });
        _services = await _crm.ConnectQuietlyAsync();
        await _crm.ExecuteAsync("update grants set expires_at = now()");
        await _crm.ControlAsync(HttpMethod.Delete, "statistics");
    }

    [TearDown]
    public async Task StopAsync() => await _crm.DisposeAsync();

    [Test]
    public async Task Pair_whose_session_ended_before_the_commit_is_stored_by_another_session()
    {
        var token = await RenewWhileSessionEndsAsync();

        Assert.That(token.Value, Is.Not.Empty);
        Assert.That(await _crm.CountAsync("POST /oauth2/access_token"), Is.EqualTo(1));
        await AssertRenewableAsync();
    }

    [Test]
    public async Task Pair_brings_back_a_grant_that_another_process_held_for_lost_meanwhile()
    {
        // As another process leaves it that took the row and sent the old token.
        await RenewWhileSessionEndsAsync("update grants set status = 'lost', status_reason = 'Token has been revoked', lost_at = now()");

        Assert.That(await _crm.ScalarAsync<bool>("select status = 'connected' and lost_at is null and status_reason is null from grants"), Is.True);
        Assert.That(await _crm.ScalarAsync<bool>("select resumed_at is not null from account_connections"), Is.True, "A run is due at once.");
        await AssertRenewableAsync();
    }

    [Test]
    public async Task Pair_does_not_replace_what_the_grant_was_given_meanwhile()
    {
        var protector = _services.GetRequiredService<SecretProtector>();

        var token = await RenewWhileSessionEndsAsync(
            "update grants set access_token = @Access, refresh_token = @Refresh, expires_at = now() + interval '1 day'",
            new { Access = protector.Protect("another access token"), Refresh = protector.Protect("another refresh token") });

        Assert.That(token.Value, Is.EqualTo("another access token"));
        Assert.That(_services.GetRequiredService<RenewedPairs>().Count, Is.Zero);
    }

    [Test]
    public async Task Pair_is_tried_again_while_the_process_lives_and_stored_when_the_database_takes_it()
    {
        var pairs = _services.GetRequiredService<RenewedPairs>();
        // The table is not there, for a caller that does not wait for it.
        var asked = RenewWhileSessionEndsAsync("alter table grants rename to grants_away");
        await HostServer.EventuallyAsync(() => Task.FromResult(pairs.Count == 1));
        await pairs.SaveKeptAsync();
        Assert.That(pairs.Count, Is.EqualTo(1));

        await _crm.ExecuteAsync("alter table grants_away rename to grants");
        await pairs.SaveKeptAsync();

        Assert.That(pairs.Count, Is.Zero);
        Assert.That((await asked).Value, Is.Not.Empty);
        Assert.That(await _crm.CountAsync("POST /oauth2/access_token"), Is.EqualTo(1));
        await AssertRenewableAsync();
    }

    private Task<AccessToken> RenewWhileSessionEndsAsync(string? meanwhile = null, object? parameters = null)
    {
        var keeper = _services.GetRequiredService<TokenKeeper>();
        lock (_crm.Server.State.Gate)
        {
            var asked = Task.Run(() => keeper.GetAsync(_crm.Account, ConnectedSandbox.ClientId, rejected: null, CancellationToken.None));
            Assert.That(SpinWait.SpinUntil(() => _crm.CountAsync("POST /oauth2/access_token").GetAwaiter().GetResult() == 1, Patience), Is.True);
            Assert.That(SpinWait.SpinUntil(() => _crm.ScalarAsync<long>(
                """
                select count(pg_terminate_backend(pid)) from pg_stat_activity
                where datname = current_database() and state = 'idle in transaction'
                """).GetAwaiter().GetResult() == 0, Patience), Is.True);
            if (meanwhile is not null)
            {
                _crm.ExecuteAsync(meanwhile, parameters).GetAwaiter().GetResult();
            }

            return asked;
        }
    }

    /// <summary>The stored pair is the one that the CRM goes by.</summary>
    private async Task AssertRenewableAsync()
    {
        await _crm.ExecuteAsync("update grants set expires_at = now()");
        var next = await _crm.NewProcess().GetRequiredService<TokenKeeper>().GetAsync(_crm.Account, ConnectedSandbox.ClientId, null, CancellationToken.None);
        Assert.That(next.Value, Is.Not.Empty);
        Assert.That(await _crm.CountAsync("POST /oauth2/access_token"), Is.EqualTo(2));
    }
}
