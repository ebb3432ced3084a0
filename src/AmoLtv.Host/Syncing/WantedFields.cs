using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;

namespace AmoLtv.Host.Syncing;

/// <summary>Custom fields whose values a sync keeps, by kind of card.</summary>
internal sealed class WantedFields
{
    private readonly Dictionary<EntityType, CardFields> _cards;

    /// <param name="settings">Whose fields count.</param>
    /// <param name="outputs">Our own fields, kept so that a write-back can compare.</param>
    public WantedFields(AccountSettings settings, IReadOnlyList<(EntityType Entity, FieldId Field)> outputs) =>
        _cards = Enum.GetValues<EntityType>().ToDictionary(entity => entity, entity =>
        {
            var used = settings.UsedFieldIds(entity);
            var ours = outputs.Where(output => output.Entity == entity).Select(output => output.Field).Where(field => !used.Contains(field)).ToHashSet();
            return new CardFields(used, ours, used.Union(ours).ToHashSet());
        });

    public CardFields this[EntityType entity] => _cards[entity];

    /// <summary>Those the numbers depend on.</summary>
    public IReadOnlyList<(EntityType Entity, FieldId Field)> Used => [.. _cards.SelectMany(card => card.Value.Used.Select(wanted => (card.Key, wanted)))];

    public IReadOnlyList<(EntityType Entity, FieldId Field)> All => [.. _cards.SelectMany(card => card.Value.All.Select(wanted => (card.Key, wanted)))];
}
