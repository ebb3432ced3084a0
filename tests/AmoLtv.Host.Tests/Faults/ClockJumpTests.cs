using AmoLtv.Core.Identity;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.Tests.Faults;

/// <summary>
/// The clock jumps by hours, forward and back: the service's whole time is the CRM's of the tests, only leases go by the database's.
/// </summary>
[TestFixture]
[Category("Slow")]
public sealed class ClockJumpTests
{
    /// <summary>From noon over the account's night, at most half an hour after three in Moscow, which is midnight in Greenwich.</summary>
    private static readonly TimeSpan OverTheNight = TimeSpan.FromHours(13);

    /// <summary>Rounds of the schedule, each of a second by a clock ten times as fast, in which something wrong would begin.</summary>
    private static readonly TimeSpan Rounds = TimeSpan.FromSeconds(1.5);

    private TroubledService _service = null!;

    [SetUp]
    public async Task StartAsync() =>
        _service = await TroubledService.StartAsync(await DatabaseServer.CreateMigratedDatabaseAsync(), ("Scheduling:ReconcileSeconds", "1"));

    [TearDown]
    public async Task StopAsync() => await _service.DisposeAsync();

    [Test]
    public async Task Night_is_held_once_however_the_clock_jumps_over_it_and_the_next_one_with_a_new_token()
    {
        await HostServer.EventuallyAsync(async () => await _service.CountAsync("select count(*) from qrtz_triggers where trigger_group = 'nights'") == 1);

        await _service.MoveClockAsync(OverTheNight);
        await NightsAsync(1);
        await _service.MoveClockAsync(-OverTheNight);
        await Task.Delay(Rounds);
        var afterJumpBack = await BegunAsync();
        await _service.MoveClockAsync(OverTheNight);
        await Task.Delay(Rounds);
        var afterJumpForth = await BegunAsync();
        // A token lasts a day: the second night begins with one that has ended.
        await _service.MoveClockAsync(TimeSpan.FromDays(1));
        await NightsAsync(2);

        Assert.That((afterJumpBack, afterJumpForth, await BegunAsync()), Is.EqualTo((1, 1, 2)));
        Assert.That(_service.WrongSums(), Is.Empty);
    }

    [TestCase(30)]
    [TestCase(-30)]
    public async Task Run_keeps_its_account_over_a_jump_and_a_card_is_answered_after_it(double hours)
    {
        await _service.SlowCrmAsync(milliseconds: 200);
        await _service.BeginRunAsync();
        var epoch = await _service.CountAsync("select epoch from accounts");

        await _service.MoveClockAsync(TimeSpan.FromHours(hours));
        await _service.HealCrmAsync();

        await HostServer.EventuallyAsync(async () => await _service.CountAsync("select count(*) from runs where cause = 'manual' and status <> 'running'") == 1);
        Assert.That(await _service.TextAsync("select error from runs where cause = 'manual'"), Is.Null);
        Assert.That(await _service.CountAsync("select count(*) from runs where status in ('failed', 'interrupted')"), Is.Zero);
        Assert.That(await _service.CountAsync("select min(epoch) from runs where cause = 'manual'"), Is.EqualTo(epoch));
        Assert.That(_service.WrongSums(), Is.Empty);
        await HostServer.EventuallyAsync(async () => (await _service.OpenCardAsync()).Status == System.Net.HttpStatusCode.OK);
    }

    private Task NightsAsync(long held) => HostServer.EventuallyAsync(
        async () => await _service.CountAsync("select count(*) from runs where cause = 'night' and status = 'finished'") == held);

    private Task<long> BegunAsync() => _service.CountAsync("select count(*) from runs");
}
