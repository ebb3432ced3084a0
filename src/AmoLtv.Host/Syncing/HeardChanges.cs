using AmoLtv.AmoCrm.Entities;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;

namespace AmoLtv.Host.Syncing;

/// <summary>Stores changed leads, and counts those that a hook had to tell of and did not.</summary>
/// <param name="hearing">Null where no hooks are to come.</param>
/// <param name="now">By our clock.</param>
internal sealed class HeardChanges(HookHearing? hearing, DateTimeOffset now)
{
    /// <summary>Leads that differed from what was stored, though hooks of their changes had every chance to come.</summary>
    public long Unheard { get; private set; }

    public async Task StoreAsync(CardReading cards, LeadTable table, IReadOnlyList<CrmLead> changed, CancellationToken cancellationToken)
    {
        var unheard = changed.ToLookup(lead => hearing?.IsUnheard(lead.UpdatedAt, now) == true);
        var before = cards.Counts(EntityType.Lead);
        await cards.StoreAsync(table, unheard[true], [], cancellationToken);
        var after = cards.Counts(EntityType.Lead);
        Unheard += after.Added + after.Changed - before.Added - before.Changed;
        await cards.StoreAsync(table, unheard[false], [], cancellationToken);
    }
}
