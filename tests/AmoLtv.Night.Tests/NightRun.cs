using System.Globalization;
using AmoLtv.Testing;

namespace AmoLtv.Night;

/// <summary>
/// One simulated night of many accounts over several processes of the service, disturbed by kills, and beside it an undisturbed night of
/// one account of each kind: what both write has to be the same.
/// </summary>
internal sealed class NightRun
{
    private readonly NightArguments _asked;
    private readonly PostgresCluster _cluster;
    private readonly Action<string> _say;
    private readonly CancellationToken _cancelled;

    private NightRun(NightArguments asked, PostgresCluster cluster, Action<string> say, CancellationToken cancelled) =>
        (_asked, _cluster, _say, _cancelled) = (asked, cluster, say, cancelled);

    /// <param name="asked">How many, how large, how disturbed.</param>
    /// <param name="say">Takes what happens, in words.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<NightReport> RunAsync(NightArguments asked, Action<string> say, CancellationToken cancellationToken)
    {
        // Read by the service's parts when they look for protected keys.
        Environment.SetEnvironmentVariable("DOTNET_ENVIRONMENT", "Development");
        await using var cluster = await PostgresCluster.StartAsync();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(PatienceWith(asked));
        var run = new NightRun(asked, cluster, say, deadline.Token);
        var expected = await run.SleepUndisturbedAsync();
        return await run.SleepAsync(expected);
    }

    /// <summary>Many times what a machine of two cores needs; a night that hangs is ended, and its report says what was not finished.</summary>
    private static TimeSpan PatienceWith(NightArguments asked) =>
        TimeSpan.FromMinutes(15) + (asked.Accounts * TimeSpan.FromSeconds(15)) + (asked.Kills * TimeSpan.FromSeconds(30));

    /// <returns>What our fields hold afterwards, by the kind of account.</returns>
    private async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> SleepUndisturbedAsync()
    {
        _say("— the undisturbed night, one account of each kind");
        await using var setup = await NightSetup.PrepareAsync(_asked with { Accounts = NightTown.Kinds(_asked.Accounts), AreSpread = _asked.AreSpread, Previous = null }, _cluster, NewAddress(), _cancelled);
        await setup.RunAllAsync(_cancelled);
        return [.. setup.Town.Accounts.Select(NightTown.FieldsOf)];
    }

    private async Task<NightReport> SleepAsync(IReadOnlyList<IReadOnlyDictionary<string, string>> expected)
    {
        _say("— the evening: accounts are made and connected");
        var addresses = Enumerable.Range(0, _asked.Processes).Select(_ => NewAddress()).ToList();
        await using var setup = await NightSetup.PrepareAsync(_asked, _cluster, addresses[0], _cancelled);
        _say("— the night");
        await using var processes = await NightProcesses.StartAsync(setup.Environment, addresses, _asked.Previous, _cancelled);
        var report = await WatchAsync(setup.Database, processes);
        return Compared(report, setup.Town, expected);
    }

    private static Uri NewAddress() => new($"http://127.0.0.1:{FreePort.Next()}");

    private async Task<NightReport> WatchAsync(NightDatabase database, NightProcesses processes)
    {
        var disturbances = new NightDisturbances(_asked, _cluster, database, processes, _say);
        var (spentBefore, began) = (processes.CpuSeconds + disturbances.PostgresCpuSeconds, TimeProvider.System.GetTimestamp());
        var (finished, told) = (0, began);
        while (finished < _asked.Accounts || await database.CountRunningAsync() > 0)
        {
            try
            {
                await Task.Delay(200, _cancelled);
            }
            catch (OperationCanceledException)
            {
                _say(string.Join('\n', processes.LogEnds()));
                break;
            }

            processes.Check();
            finished = await database.CountFinishedAsync();
            // One account ahead: kills fall into the night's beginning too, while nothing is finished yet.
            await disturbances.DisturbAsync((finished + 1.0) / _asked.Accounts, _cancelled);

            if (TimeProvider.System.GetElapsedTime(told) > TimeSpan.FromSeconds(10))
            {
                told = TimeProvider.System.GetTimestamp();
                _say(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetElapsedTime(began).TotalSeconds:0} s: {finished} finished, {disturbances.Killed} killed"));
            }
        }

        await SettleAsync(database);
        var spent = processes.CpuSeconds + disturbances.PostgresCpuSeconds - spentBefore;
        var (median, p95, longest) = await database.ReadDurationsAsync();
        var (empty, more) = await database.ReadSizeMbAsync();
        return new NightReport(
            _asked.Accounts, finished, await database.CountTwiceAsync(), 0, Math.Round(spent / _asked.Accounts, 3), Math.Round(processes.PeakMemoryMb, 1),
            Math.Round(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 1))
        {
            IsDisturbed = disturbances.AreOver,
            Remarks =
            [
                .. await database.ListTroublesAsync(),
                string.Create(CultureInfo.InvariantCulture, $"{disturbances.Killed} processes were killed. A run took {median / NightTown.TimeScale:0.0} s real time (median), {p95 / NightTown.TimeScale:0.0} s (95 %), {longest / NightTown.TimeScale:0.0} s (longest)."),
                string.Create(CultureInfo.InvariantCulture, $"The database takes {empty:0} MiB empty and {more / _asked.Accounts:0.00} MiB more an account."),
            ],
        };
    }

    /// <summary>A night that would be held twice is set again by the next reconciling, half a minute of the sandbox later.</summary>
    private async Task SettleAsync(NightDatabase database)
    {
        await Task.Delay(TimeSpan.FromSeconds(6), CancellationToken.None);
        while (!_cancelled.IsCancellationRequested && await database.CountRunningAsync() > 0)
        {
            await Task.Delay(200, CancellationToken.None);
        }
    }

    private static NightReport Compared(NightReport report, NightTown town, IReadOnlyList<IReadOnlyDictionary<string, string>> expected)
    {
        var wrong = new List<string>();
        for (var number = 0; number < town.Accounts.Count; number++)
        {
            var account = town.Accounts[number];
            var (held, ought) = (NightTown.FieldsOf(account), expected[NightTown.KindOf(number)]);
            wrong.AddRange(NightTown.WrongSums(account, held));
            wrong.AddRange(held.Keys.Union(ought.Keys, StringComparer.Ordinal)
                .Where(field => held.GetValueOrDefault(field) != ought.GetValueOrDefault(field))
                .Select(field => $"Account {account.Id}, {field}: the CRM holds {held.GetValueOrDefault(field, "nothing")}, undisturbed it is {ought.GetValueOrDefault(field, "nothing")}"));
        }

        return report with { Mismatches = wrong.Count, Remarks = [.. report.Remarks, .. wrong.Take(20)] };
    }
}
