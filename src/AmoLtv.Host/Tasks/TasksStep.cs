using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.Tasks;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Tasks;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Running;
using AmoLtv.Host.Settings;

namespace AmoLtv.Host.Tasks;

/// <summary>
/// Gives responsible users tasks for clients that slip or cross a tier, once for each reason and within a daily cap, and
/// reads back what came of them. Off until the admin switches it on.
/// </summary>
public sealed class TasksStep(
    TaskSettingsStore wishes,
    MoveStore moves,
    TaskStore tasks,
    OutcomeStore outcomes,
    TaskAccountStore accounts,
    TaskSending sending,
    SettingsStore settings,
    CrmConnections connections,
    TimeProvider time) : IRunStep
{
    /// <summary>A task is followed for so long.</summary>
    private static readonly TimeSpan Followed = TimeSpan.FromDays(90);

    private const int MostFollowed = 1000;
    private const int AskedAtOnce = 50;

    public string Name => RunSteps.Tasks;

    public async Task<IReadOnlyDictionary<string, long>> RunAsync(RunContext run, CancellationToken cancellationToken)
    {
        var (wanted, seen) = await wishes.GetAsync(run.Account, cancellationToken);
        var crm = new Lazy<Task<AmoCrmClient>>(() => connections.OpenAsync(run.Account, cancellationToken));
        // Also when tasks are off by now: what was sent before has an outcome.
        await sending.SettleAsync(run, crm, cancellationToken);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal) { ["isEnabled"] = wanted.IsEnabled ? 1 : 0 };
        if (wanted.IsEnabled)
        {
            var tiers = (await settings.GetAsync(run.Account, cancellationToken)).Settings.Tiers.Tiers;
            counts["reasons"] = await FindAsync(run, wanted, seen, [.. tiers.Select(tier => tier.Code)], cancellationToken);
            var (created, failed, dropped) = await sending.SendAsync(
                run, crm, await accounts.GetAsync(run.Account, cancellationToken), wanted,
                tiers.ToDictionary(tier => tier.Code, tier => tier.Name, StringComparer.Ordinal), cancellationToken);
            (counts["created"], counts["failed"], counts["dropped"]) = (created, failed, dropped);
        }

        counts["read"] = await ReadOutcomesAsync(run, crm, cancellationToken);
        return counts;
    }

    private async Task<long> FindAsync(RunContext run, TaskSettings wanted, long? seen, IReadOnlyList<string> tiers, CancellationToken cancellationToken)
    {
        var (latest, isSameSettings) = await moves.LatestAsync(run.Account, seen, cancellationToken);
        if (latest is not { } valued || valued == seen)
        {
            return 0;
        }

        // Switched on before the first valuation: nobody has moved yet.
        var moved = seen is { } since ? await moves.ListAsync(run.Account, since, cancellationToken) : [];
        var found = moved
            .SelectMany(move => TaskRule.Reasons(move.Before, move.Now, tiers, isSameSettings, wanted), (move, reason) => new FoundTask(
                move.Customer, reason, move.Value, TaskMarker.Of(run.Account, (int)move.Customer.Scope, move.Customer.Id, reason.Key)))
            .ToList();
        return await tasks.AddAsync(run, found, valued, time.GetUtcNow(), cancellationToken);
    }

    private async Task<long> ReadOutcomesAsync(RunContext run, Lazy<Task<AmoCrmClient>> crm, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var open = await outcomes.ListOpenAsync(run.Account, now - Followed, MostFollowed, cancellationToken);
        foreach (var asked in open.Chunk(AskedAtOnce))
        {
            var found = new List<CrmTask>();
            await foreach (var page in (await crm.Value).ReadTasksAsync(TaskFilter.ById(asked), cancellationToken))
            {
                found.AddRange(page.Rows.Where(task => asked.Contains(task.Id)));
                if (found.Count == asked.Length)
                {
                    break;
                }
            }

            await outcomes.SaveAsync(run, asked, [.. found.DistinctBy(task => task.Id)], now, cancellationToken);
            run.Progress.Report(new StepProgress(found.Count, open.Length, "outcomes of tasks read"));
        }

        return open.Length;
    }
}
