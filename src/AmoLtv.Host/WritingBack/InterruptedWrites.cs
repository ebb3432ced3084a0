using AmoLtv.AmoCrm;
using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.WritingBack;

/// <summary>Finds out from the CRM what became of the batches that were on their way when a run ended.</summary>
public sealed class InterruptedWrites(FieldWriteStore writes, OutputFieldStore outputs, HeldFieldStore held)
{
    /// <summary>What an interrupted run had on its way is read afresh, so that nothing that arrived is planned again.</summary>
    /// <param name="run">The run that settles it.</param>
    /// <param name="zone">The account's time zone.</param>
    /// <param name="crm">Opened only where there is something to ask.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task SettleAsync(RunContext run, TimeZoneInfo zone, Lazy<Task<AmoCrmClient>> crm, CancellationToken cancellationToken)
    {
        var unknown = await writes.ListUnknownAsync(run, cancellationToken);
        if (unknown.Count == 0)
        {
            return;
        }

        var fields = (await outputs.ListAllAsync(run.Account, cancellationToken)).ToLookup(row => row.Entity);
        foreach (var card in unknown.GroupBy(write => (write.Entity, write.EntityId)))
        {
            // A field that another took the place of since is read too: what was written into it can still be taken back.
            var read = fields[card.Key.Entity].Select(row => row.Field).Concat(card.Select(write => new FieldId(write.FieldId))).ToHashSet();
            var now = await HeldCards.ReadOneAsync(await crm.Value, card.Key.Entity, card.Key.EntityId, read, cancellationToken);
            if (now is not null)
            {
                await held.SaveAsync(run.Account, card.Key.Entity, [now], read, cancellationToken);
            }

            foreach (var settled in card.GroupBy(write => HasArrived(write, now, zone)))
            {
                await writes.SettleAsync(run, [.. settled], settled.Key, cancellationToken);
            }
        }
    }

    private static bool HasArrived(UnknownWrite write, HeldCard? now, TimeZoneInfo zone) =>
        now is not null && write.CrmType is { } type
        && ConflictRule.IsKept(FieldFit.Held(type), write.After, now.Fields.GetValueOrDefault(new FieldId(write.FieldId)), zone);
}
