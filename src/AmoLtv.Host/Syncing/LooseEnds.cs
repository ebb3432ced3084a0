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
        // Asked of what is stored, not of what this run changed: a run that was cut off leaves its ends to the next one.
        // Leads first: those of a company that is gone may lead to one that is not stored.
        await cards.FetchAsync(EntityType.Lead, await store.OrphanedLeadsAsync(cards.Run, cancellationToken), cancellationToken);
        await cards.FetchAsync(EntityType.Contact, await store.OrphanedContactsAsync(cards.Run, cancellationToken), cancellationToken);
        await cards.FetchAsync(EntityType.Contact, await store.UnknownContactsAsync(cards.Run, cancellationToken), cancellationToken);
        await cards.FetchAsync(EntityType.Company, await store.UnknownCompaniesAsync(cards.Run, cancellationToken), cancellationToken);
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
            // Whose it was is not told either: where all leads are few pages, all are looked at.
            if (!await cards.TryScanFewAsync(entity, cancellationToken))
            {
                await cards.FetchAsync(entity, await store.SiblingsAsync(cards.Run, survivors, cancellationToken), cancellationToken);
            }

            return;
        }

        var isAnyGone = await FollowLinksAsync(cards, entity, survivors, cancellationToken);
        if (isAnyGone && await cards.TryScanFewAsync(entity, cancellationToken))
        {
            // A survivor that went into the trash afterwards shows nothing of what it took in: who is gone too is found among all.
            return;
        }

        // Whoever was left by what went over to a survivor may have been taken in by it: asked for, it is found gone. A run that was cut
        // off knew whom; what is stored still tells who has nothing left.
        await cards.FetchAsync(
            entity, [.. (await store.EmptiedAsync(cards.Run, entity, cancellationToken)).Union(cards.Left(entity)).Except(survivors)], cancellationToken);
    }

    /// <summary>
    /// Reads the leads of companies or contacts that are gone, which may be another's now. Those that were gone before anybody stored
    /// them have no row that could say so.
    /// </summary>
    public async Task FollowGoneAsync(CardReading cards, EntityType entity, IReadOnlyCollection<long> gone, CancellationToken cancellationToken)
    {
        if (entity != EntityType.Lead && gone.Count > 0)
        {
            await cards.FetchAsync(EntityType.Lead, await store.LeadsOfAsync(cards.Run, entity, gone, cancellationToken), cancellationToken);
        }
    }

    /// <summary>Reads what is linked to companies or contacts and stored under others: a merge or a restoration moved it in silence.</summary>
    /// <returns>Whether any of them is not there.</returns>
    public async Task<bool> FollowLinksAsync(CardReading cards, EntityType entity, IReadOnlyCollection<long> owners, CancellationToken cancellationToken)
    {
        var isAnyGone = false;
        foreach (var owner in entity == EntityType.Lead ? [] : owners)
        {
            isAnyGone |= !await TryFollowLinksAsync(cards, entity, owner, cancellationToken);
        }

        return isAnyGone;
    }

    private async Task<bool> TryFollowLinksAsync(CardReading cards, EntityType entity, long owner, CancellationToken cancellationToken)
    {
        if (await cards.Client.FindLinksAsync(entity, owner, cancellationToken) is not { } now)
        {
            return false;
        }

        var known = (await store.LeadsOfAsync(cards.Run, entity, [owner], cancellationToken)).ToHashSet();
        await cards.FetchAsync(EntityType.Lead, [.. now.Leads.Where(lead => !known.Contains(lead))], cancellationToken);
        if (entity == EntityType.Company)
        {
            await cards.FetchAsync(
                EntityType.Contact, await store.ContactsElsewhereAsync(cards.Run, owner, now.Contacts, cancellationToken), cancellationToken);
        }

        return true;
    }
}
