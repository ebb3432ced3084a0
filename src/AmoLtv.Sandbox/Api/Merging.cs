using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>
/// Merging of duplicates: one row survives, the others are gone for good and their links go over to it.
/// The vendor does not document what else is announced, so both readings can be asked for.
/// </summary>
/// <param name="TellsAbsorbed">True: the absorbed rows leave <c>*_deleted</c> events and delete hooks; false: only <c>entity_merged</c> on the survivor tells of it.</param>
/// <param name="TouchesLinked">True: leads and contacts whose links went over get a new <c>updated_at</c>, events and hooks.</param>
internal sealed record Merging(bool TellsAbsorbed = true, bool TouchesLinked = false)
{
    /// <summary>True when it was done; false when a row is missing, in the trash, or the survivor itself is among the absorbed.</summary>
    /// <param name="price">The survivor's new price, of leads alone; null: it keeps its own.</param>
    public bool Merge(SandboxState state, EntityKind kind, long survivorId, IReadOnlyList<long> absorbedIds, decimal? price = null)
    {
        var absorbed = absorbedIds.Distinct().Select(id => state.Find(kind, id)).OfType<CrmEntity>().Where(row => !row.IsDeleted && row.Id != survivorId).ToList();
        if (state.Find(kind, survivorId) is not { IsDeleted: false } before || absorbed.Count == 0 || absorbed.Count != absorbedIds.Count)
        {
            return false;
        }

        foreach (var row in absorbed)
        {
            Absorb(state, row, survivorId);
        }

        var survivor = Enriched(before, absorbed);
        if (survivor is Lead lead && price is { } agreed)
        {
            lead.Price = agreed;
        }

        survivor.UpdatedAt = state.Clock.Seconds;
        survivor.UpdatedBy = state.Owner.Id;
        EntitySaving.Save(state, survivor);
        state.Happened(new CrmEvent("entity_merged", kind, survivorId, state.Owner.Id, state.Clock.Seconds));
        return true;
    }

    private void Absorb(SandboxState state, CrmEntity row, long survivorId)
    {
        foreach (var linked in Linked(state, row).ToList())
        {
            Relink(state, linked, row, survivorId);
        }

        var gone = row.Copy();
        gone.IsDeleted = true;
        gone.MergedInto = survivorId;
        gone.UpdatedAt = state.Clock.Seconds;
        gone.UpdatedBy = state.Owner.Id;
        Save(state, gone, TellsAbsorbed);
    }

    private static IEnumerable<CrmEntity> Linked(SandboxState state, CrmEntity row) => row switch
    {
        Company => [.. state.LeadsOfCompany(row.Id), .. state.ContactsOfCompany(row.Id)],
        Contact => state.LeadsOfContact(row.Id),
        _ => [],
    };

    private void Relink(SandboxState state, CrmEntity linked, CrmEntity absorbed, long survivorId)
    {
        var copy = linked.Copy();
        switch (copy)
        {
            case Lead lead when absorbed is Company:
                lead.CompanyId = survivorId;
                break;
            case Lead lead:
                lead.ContactIds = [.. lead.ContactIds.Select(id => id == absorbed.Id ? survivorId : id).Distinct()];
                break;
            case Contact contact:
                contact.CompanyId = survivorId;
                break;
        }

        if (TouchesLinked)
        {
            copy.UpdatedAt = state.Clock.Seconds;
        }

        Save(state, copy, TouchesLinked);
    }

    private static void Save(SandboxState state, CrmEntity row, bool isTold)
    {
        if (isTold)
        {
            EntitySaving.Save(state, row);
        }
        else
        {
            state.Save(row);
        }
    }

    /// <summary>The survivor with what only the others held: fields, tags, a company, contacts.</summary>
    private static CrmEntity Enriched(CrmEntity before, List<CrmEntity> absorbed)
    {
        var survivor = before.Copy();
        foreach (var row in absorbed)
        {
            foreach (var held in row.Fields.Where(held => survivor.Field(held.FieldId) is null))
            {
                survivor.SetField(held.FieldId, held.Values);
            }

            survivor.TagIds = [.. survivor.TagIds.Union(row.TagIds)];
            switch (survivor, row)
            {
                case (Lead lead, Lead other):
                    lead.CompanyId ??= other.CompanyId;
                    lead.ContactIds = [.. lead.ContactIds.Union(other.ContactIds)];
                    break;
                case (Contact contact, Contact other):
                    contact.CompanyId ??= other.CompanyId;
                    break;
            }
        }

        return survivor;
    }
}
