using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Tests.Syncing;
using AmoLtv.Host.Webhooks;
using AmoLtv.Sandbox.State;
using AmoLtv.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Webhooks;

/// <summary>Subscriptions are kept alive; one that looks well and brings nothing is found out.</summary>
[TestFixture, Category("Slow")]
public sealed class SubscriptionTests
{
    private const string Job = "webhook-subscriptions";
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private FollowedSandbox _followed = null!;

    /// <summary>Nobody listens at the address the CRM is given.</summary>
    [SetUp]
    public async Task StartAsync()
    {
        _followed = await FollowedSandbox.StartAsync(
            options => options with { Companies = 10, Leads = 30 }, ("Webhooks:PublicAddress", $"http://127.0.0.1:{FreePort.Next()}"));
        await _followed.RoundAsync(Job);
        await _followed.Crm.ExecuteAsync("delete from change_marks");
        Assert.That(await StatusAsync(), Is.EqualTo("active"));
    }

    [TearDown]
    public async Task StopAsync() => await _followed.DisposeAsync();

    [Test]
    public async Task Hooks_that_do_not_come_though_they_are_active_make_the_account_be_polled_until_one_comes()
    {
        await _followed.PassAsync(Hour);
        await _followed.Crm.ControlAsync(HttpMethod.Post, $"leads/{Lead().Id}", new { price = 123_456 });
        await _followed.PassAsync(Hour);
        await _followed.SyncAsync();
        Assert.That(await StatusAsync(), Is.EqualTo("silent"));
        Assert.That((await FactsAsync()).HasSilentWebhooks, Is.True);

        // Looked at again, it is made anew: only a hook that comes says that hooks come.
        await _followed.Crm.ExecuteAsync("update webhook_subscriptions set not_before = '-infinity'");
        await _followed.RoundAsync(Job);
        Assert.That(await StatusAsync(), Is.EqualTo("silent"));

        await _followed.Crm.ExecuteAsync("update change_follows set followed_at = '-infinity'");
        await _followed.RoundAsync("changes");
        Assert.That(await _followed.Crm.ScalarAsync<long>("select count(*) from runs where cause = 'change'"), Is.EqualTo(1), "It is polled.");

        await _followed.Services.GetRequiredService<HookMarkStore>().AddAsync([(_followed.Crm.Account, Mark(7), Now)], isHeard: true);
        Assert.That(await StatusAsync(), Is.EqualTo("active"));
        Assert.That(await _followed.Crm.ScalarAsync<long>("select count(*) from change_marks where entity_type is null"), Is.EqualTo(1), "What came between is looked for.");
        Assert.That((await FactsAsync()).HasSilentWebhooks, Is.False);
    }

    [Test]
    public async Task Change_that_a_hook_may_still_tell_of_says_nothing_against_hooks()
    {
        await _followed.PassAsync(Hour);
        await _followed.Crm.ControlAsync(HttpMethod.Post, $"leads/{Lead().Id}", new { price = 123_456 });
        await _followed.SyncAsync();

        Assert.That(await StatusAsync(), Is.EqualTo("active"));
    }

    [Test]
    public async Task Change_after_which_hooks_came_says_nothing_against_them()
    {
        await _followed.PassAsync(Hour);
        await _followed.Crm.ControlAsync(HttpMethod.Post, $"leads/{Lead().Id}", new { price = 123_456 });
        await _followed.Services.GetRequiredService<HookMarkStore>().AddAsync([(_followed.Crm.Account, Mark(7), Now)], isHeard: true);
        await _followed.PassAsync(Hour);
        await _followed.SyncAsync();

        Assert.That(await StatusAsync(), Is.EqualTo("active"));
    }

    [Test]
    public async Task Secret_that_cannot_be_decrypted_gets_a_successor_and_its_address_is_called_no_more()
    {
        var before = _followed.Crm.Server.State.Webhooks.Single().Destination;
        await _followed.Crm.ExecuteAsync("update webhook_subscriptions set secret = '\\x0102', not_before = '-infinity'");

        await _followed.RoundAsync(Job);

        Assert.That(_followed.Crm.Server.State.Webhooks.Single().Destination, Is.Not.EqualTo(before));
        Assert.That(await StatusAsync(), Is.EqualTo("active"));
        Assert.That(await _followed.Crm.ScalarAsync<long>("select count(*) from change_marks where entity_type is null"), Is.EqualTo(1), "What nobody heard of is looked for.");
    }

    [Test]
    public async Task Look_that_failed_is_repeated_after_a_pause_whatever_was_saved_meanwhile()
    {
        await _followed.Crm.ExecuteAsync(
            """
            insert into settings_versions (account_id, version, settings, saved_by, saved_at)
            select account_id, 1, '{}', 'test', checked_at + interval '1 millisecond' from webhook_subscriptions
            """);
        await _followed.Crm.FailAsync("/api/v4/webhooks", "500", count: 1000);
        await _followed.RoundAsync(Job);
        var asked = await _followed.Crm.CountAsync("GET /api/v4/webhooks");
        Assert.That(await _followed.Crm.ScalarAsync<long>("select failures from webhook_subscriptions"), Is.EqualTo(1));

        await _followed.RoundAsync(Job);
        Assert.That(await _followed.Crm.CountAsync("GET /api/v4/webhooks"), Is.EqualTo(asked));
        Assert.That(await StatusAsync(), Is.EqualTo("active"), "Nothing says that it is not.");
    }

    [Test]
    public async Task Processes_that_make_a_secret_at_once_get_the_same()
    {
        await _followed.Crm.ExecuteAsync("delete from webhook_subscriptions");
        var store = _followed.Services.GetRequiredService<SubscriptionStore>();

        var kept = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Task.Run(() =>
            store.KeepAsync(_followed.Crm.Account, [(byte)number], HookSecret.Hash($"{number}"), DateTimeOffset.UnixEpoch, CancellationToken.None))));

        Assert.That(kept.Select(one => one.Secret[0]).Distinct().Count(), Is.EqualTo(1));
    }

    private DateTimeOffset Now => _followed.Crm.Server.State.Clock.Now;

    private static ChangeMark Mark(long id) => new(EntityType.Lead, id, ChangeKind.Changed, null);

    private Lead Lead() => _followed.Crm.Server.State.Leads.Living(SortBy.Id)[3];

    private Task<string> StatusAsync() => _followed.Crm.ScalarAsync<string>("select status from webhook_subscriptions");

    private async Task<ConnectionFacts> FactsAsync() =>
        (await _followed.Services.GetRequiredService<ConnectionFactsStore>().ReadAsync(_followed.Crm.Account, CancellationToken.None))!;
}
