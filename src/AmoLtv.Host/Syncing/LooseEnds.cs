using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Syncing;

/// <summary>
/// Reads what the cards that were read lead to: companies and contacts nobody has stored, leads whose company is gone, and what a merge
/// took in, which the CRM does not name.
/// </summary>
internal sealed class LooseEnds(LooseEndStore store)
{
    public async Task TieAsync(CardReading cards, CancellationToken cancellationToken)
    {
        // Leads first: those of a company that is gone may lead to one that is not stored.
        if (cards.Counts(EntityType.Company).Deleted + cards.Counts(EntityType.Contact).Deleted > 0)
        {
            await cards.FetchAsync(EntityType.Lead, await store.OrphanedLeadsAsync(cards.Run, cancellationToken), cancellationToken);
            await cards.FetchAsync(EntityType.Contact, await store.OrphanedContactsAsync(cards.Run, cancellationToken), cancellationToken);
        }

        if (cards.Counts(EntityType.Lead).IsChange)
        {
            await cards.FetchAsync(EntityType.Contact, await store.UnknownContactsAsync(cards.Run, cancellationToken), cancellationToken);
        }

        if (cards.IsChange)
        {
            await cards.FetchAsync(EntityType.Company, await store.UnknownCompaniesAsync(cards.Run, cancellationToken), cancellationToken);
        }
    }

    /// <param name="cards">The reading.</param>
    /// <param name="entity">Kind of the survivors.</param>
    /// <param name="survivors">Cards that took in others.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task FollowMergesAsync(CardReading cards, EntityType entity, IReadOnlyCollection<long> survivors, CancellationToken cancellationToken)
    {
        if (survivors.Count == 0)
        {
            return;
        }

        if (entity == EntityType.Lead)
        {
            await cards.FetchAsync(entity, await store.SiblingsAsync(cards.Run, survivors, cancellationToken), cancellationToken);
            return;
        }

        foreach (var survivor in survivors)
        {
            await FollowMergeAsync(cards, entity, survivor, cancellationToken);
        }

        // Whoever was left by what went over to a survivor may have been taken in by it: asked for, it is found gone.
        await cards.FetchAsync(entity, [.. cards.Left(entity).Except(survivors)], cancellationToken);
    }

    /// <summary>Reads the cards that are new under a survivor.</summary>
    private async Task FollowMergeAsync(CardReading cards, EntityType entity, long survivor, CancellationToken cancellationToken)
    {
        if (await cards.Client.FindLinksAsync(entity, survivor, cancellationToken) is not { } now)
        {
            return;
        }

        var known = (await store.LeadsOfAsync(cards.Run, entity, survivor, cancellationToken)).ToHashSet();
        await cards.FetchAsync(EntityType.Lead, [.. now.Leads.Where(lead => !known.Contains(lead))], cancellationToken);
        if (entity == EntityType.Company)
        {
            await cards.FetchAsync(
                EntityType.Contact, await store.ContactsElsewhereAsync(cards.Run, survivor, now.Contacts, cancellationToken), cancellationToken);
        }
    }
}
