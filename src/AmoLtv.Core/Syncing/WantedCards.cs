using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Syncing;

/// <summary>Cards that have to be looked at, by kind.</summary>
public sealed class WantedCards
{
    private readonly Dictionary<EntityType, HashSet<long>> _fetch = [];
    private readonly Dictionary<EntityType, HashSet<long>> _gone = [];
    private readonly Dictionary<EntityType, HashSet<long>> _merged = [];
    private readonly Dictionary<EntityType, HashSet<long>> _restored = [];

    /// <summary>To be read by their numbers.</summary>
    public HashSet<long> Fetch(EntityType entity) => Of(_fetch, entity);

    /// <summary>Known to be in the trash.</summary>
    public HashSet<long> Gone(EntityType entity) => Of(_gone, entity);

    /// <summary>Took in another card, which the CRM does not name.</summary>
    public HashSet<long> Merged(EntityType entity) => Of(_merged, entity);

    /// <summary>Came back from the trash: what is linked to them may be shown again.</summary>
    public HashSet<long> Restored(EntityType entity) => Of(_restored, entity);

    private static HashSet<long> Of(Dictionary<EntityType, HashSet<long>> cards, EntityType entity)
    {
        if (!cards.TryGetValue(entity, out var ids))
        {
            cards.Add(entity, ids = []);
        }

        return ids;
    }
}
