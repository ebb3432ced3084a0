using System.Runtime.CompilerServices;
using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.WritingBack;

/// <summary>Compares what every card should hold with what it holds, and stores the differences.</summary>
public sealed class WriteBackPlanning(TargetStore targets, FieldWriteStore writes)
{
    /// <param name="run">The run that plans.</param>
    /// <param name="isPreview">Whether the plan is only shown.</param>
    /// <param name="account">What texts depend on.</param>
    /// <param name="fields">Fields by kind of card.</param>
    /// <param name="cancellationToken">Ends the call; nothing is planned then.</param>
    /// <returns>How many fields differ.</returns>
    public Task<long> PlanAsync(
        RunContext run,
        bool isPreview,
        OutputAccount account,
        IReadOnlyDictionary<EntityType, IReadOnlyList<TargetField>> fields,
        CancellationToken cancellationToken) =>
        writes.PlanAsync(run, isPreview, CompareAsync(run, account, fields, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<(EntityType Entity, long Id, IReadOnlyList<FieldDifference> Differences)> CompareAsync(
        RunContext run,
        OutputAccount account,
        IReadOnlyDictionary<EntityType, IReadOnlyList<TargetField>> fields,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = 0L;
        foreach (var (entity, targetFields) in fields)
        {
            await foreach (var card in targets.ReadAsync(run.Account, entity, ids: null, cancellationToken))
            {
                if (++seen % 1000 == 0)
                {
                    run.Progress.Report(new StepProgress(seen, null, "cards compared with the CRM"));
                }

                var differences = FieldWritePlan.Differences(targetFields, card.Outputs, card.Held, account);
                if (differences.Count > 0)
                {
                    yield return (entity, card.Id, differences);
                }
            }
        }
    }
}
