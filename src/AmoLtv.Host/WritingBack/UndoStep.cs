using System.Runtime.CompilerServices;
using AmoLtv.AmoCrm;
using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.WritingBack;

/// <summary>
/// Takes back what a run wrote, wherever the CRM still holds it: cards are read afresh, and what is newer than the run stays.
/// A run of its own, which can be looked at, repeated after it was killed, and taken back itself. Scheduled write-back pauses.
/// </summary>
public sealed class UndoStep(
    UndoStore store,
    WriteBackSettingsStore settings,
    TargetStore targets,
    InterruptedWrites interrupted,
    HeldFieldStore held,
    WriteSending sending,
    WrittenFieldStore written,
    CrmConnections connections) : IRunStep
{
    private const string Restored = "What stood there before stands there again.";
    private const string Newer = "It holds something newer than that run, which stays.";
    private const string GoneField = "The field was deleted in the CRM.";
    private const string GoneCard = "The CRM no longer has the card.";

    public string Name => RunSteps.Undo;

    public async Task<IReadOnlyDictionary<string, long>> RunAsync(RunContext run, CancellationToken cancellationToken)
    {
        var undone = run.Undoes ?? throw new CommandFailedException("Name the run whose writes are to be taken back: amoltv undo --run N.");
        var account = await targets.FindAccountAsync(run.Account, cancellationToken)
            ?? throw new CommandFailedException($"Account {run.Account} was not valued yet: no run has written anything.");
        var crm = await connections.OpenAsync(run.Account, cancellationToken);
        await interrupted.SettleAsync(run, account.Zone, new Lazy<Task<AmoCrmClient>>(Task.FromResult(crm)), cancellationToken);
        var cards = await store.CountCardsAsync(run.Account, undone, cancellationToken);
        if (cards.Count == 0)
        {
            throw new CommandFailedException($"Run {undone} of account {run.Account} has written nothing: there is nothing to take back.");
        }

        await store.BeginAsync(run, undone, cancellationToken);
        await settings.PauseAsync(run, cancellationToken);
        var types = await store.ListTypesAsync(run.Account, undone, cancellationToken);
        foreach (var (entity, count) in cards)
        {
            await PlanAsync(run, crm, undone, entity, count, types.GetValueOrDefault(entity) ?? new Dictionary<long, OutputType>(), account.Zone, cancellationToken);
        }

        await store.SkipMissingAsync(run, undone, GoneCard, cancellationToken);
        var planned = (await written.SummaryAsync(run.Account, run.Run, cancellationToken)).Where(row => row.Status == "planned").Sum(row => row.Fields);
        var pace = (await settings.GetAsync(run.Account, cancellationToken)).Pace;
        var result = await sending.SendAsync(run, crm, types, planned, pace is null ? null : pace with { LongestRun = TimeSpan.MaxValue }, cancellationToken);
        return await EndAsync(run, undone, result, cancellationToken);
    }

    private async Task PlanAsync(
        RunContext run,
        AmoCrmClient crm,
        RunId undone,
        EntityType entity,
        long cards,
        IReadOnlyDictionary<long, OutputType> types,
        TimeZoneInfo zone,
        CancellationToken cancellationToken)
    {
        var fields = types.Keys.Select(field => new FieldId(field)).ToHashSet();
        var isShort = cards <= await store.CountKnownAsync(run.Account, entity, cancellationToken) / AmoCrmClient.PageSize;
        var read = 0L;
        if (!isShort)
        {
            await foreach (var page in HeldCards.ReadAllAsync(crm, entity, fields, cancellationToken))
            {
                await PlanPageAsync(page);
            }
        }

        await foreach (var page in ReadEachAsync(run, crm, undone, entity, fields, cancellationToken))
        {
            await PlanPageAsync(page);
        }

        async Task PlanPageAsync(IReadOnlyList<HeldCard> page)
        {
            var present = page.Where(card => !card.IsDeleted).DistinctBy(card => card.Id).ToDictionary(card => card.Id);
            await held.SaveAsync(run.Account, entity, present.Values, fields, cancellationToken);
            var wrote = await store.ListWritesAsync(run.Account, undone, entity, [.. present.Keys], cancellationToken);
            await store.PlanAsync(run, entity, [.. wrote.Select(write => Judge(write, present[write.EntityId], types, zone))], cancellationToken);
            read += page.Count;
            run.Progress.Report(new StepProgress(read, null, $"{CardWords.Of(entity)} read from the CRM"));
        }
    }

    /// <summary>
    /// A few cards are read one by one, many by the page: whatever needs fewer requests. What the pages did not show is asked for by its
    /// number: it may be gone, or have moved to an earlier page while they were read, because another card was deleted.
    /// </summary>
    private async IAsyncEnumerable<IReadOnlyList<HeldCard>> ReadEachAsync(
        RunContext run, AmoCrmClient crm, RunId undone, EntityType entity, IReadOnlySet<FieldId> fields,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = 0L;
        while (await store.ListUnplannedAsync(run, undone, entity, last, 50, cancellationToken) is { Length: > 0 } ids)
        {
            var page = new List<HeldCard>();
            foreach (var id in ids)
            {
                if (await HeldCards.ReadOneAsync(crm, entity, id, fields, cancellationToken) is { } card)
                {
                    page.Add(card);
                }
            }

            yield return page;
            last = ids[^1];
        }
    }

    private static (PlannedWrite Write, string? Reason) Judge(
        UndoneWrite write, HeldCard card, IReadOnlyDictionary<long, OutputType> types, TimeZoneInfo zone)
    {
        var now = card.Fields.GetValueOrDefault(write.Field);
        var plan = new PlannedWrite(write.EntityId, write.FieldId, now, write.Before);
        if (!types.TryGetValue(write.FieldId, out var type))
        {
            return (plan, GoneField);
        }

        return (plan, UndoRule.Judge(type, write.Before, write.After, now, zone) switch
        {
            UndoVerdict.Restore => null,
            UndoVerdict.IsRestored => Restored,
            _ => Newer,
        });
    }

    /// <exception cref="IncompleteStepException">The CRM refused a part.</exception>
    private async Task<IReadOnlyDictionary<string, long>> EndAsync(
        RunContext run, RunId undone, SendResult result, CancellationToken cancellationToken)
    {
        var summary = await written.SummaryAsync(run.Account, run.Run, cancellationToken);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal)
        {
            ["fieldsRestored"] = result.Written,
            ["fieldsAlreadyRestored"] = summary.Where(row => row.Reason == Restored).Sum(row => row.Fields),
            ["fieldsLeftAlone"] = summary.Where(row => row.Status == "skipped" && row.Reason != Restored).Sum(row => row.Fields),
            ["fieldsFailed"] = result.Failed,
            ["cards"] = result.Cards,
        };
        var failures = summary.Where(row => row.Status == "failed" || row is { Status: "planned", Reason: not null }).Select(row => $"{row.Reason} ({row.Fields} fields)").ToList();
        return failures.Count == 0
            ? counts
            : throw new IncompleteStepException($"Of run {undone} these were not taken back: {string.Join("; ", failures)}", counts);
    }
}
