using System.Globalization;
using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Syncing;

/// <summary>
/// Which events are read and what they ask for. Leads are followed by their time of change; events tell what that does not show: what
/// was deleted, restored, merged or linked, and what became of companies and contacts, whose time of change our own writing moves.
/// </summary>
public static class ChangeEvents
{
    private const string Merged = "entity_merged";

    /// <summary>Leads that bear the second of their link by chance are not so many.</summary>
    private const int EnoughMoved = 20;

    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AtBirth = TimeSpan.FromMinutes(1);

    /// <summary>
    /// What becomes of cards of any kind. Changes of custom fields are not among them: our own writing makes one for every value, and
    /// those of a used field are asked for by <see cref="FieldType"/>.
    /// </summary>
    public static IReadOnlyList<string> OfCards { get; } =
    [
        "lead_deleted", "lead_restored", "company_added", "company_deleted", "company_restored", "contact_added", "contact_deleted", "contact_restored", Merged,
    ];

    /// <summary>What changes in companies and in contacts.</summary>
    public static IReadOnlyList<string> OfClients { get; } = ["name_field_changed", "entity_responsible_changed", "entity_linked", "entity_unlinked"];

    /// <summary>
    /// What is linked to leads. Whether that moves a lead's time of change is not documented: where it shows that it does
    /// (<see cref="ShowThatLinksMoveLeads"/>) the leads were read by that, and the rest of what a mass change left need not be read.
    /// </summary>
    public static IReadOnlyList<string> OfLeads { get; } = ["entity_linked", "entity_unlinked"];

    /// <summary>
    /// Whether links move a lead's time of change in this account, so that leads read by it are all there are, in whatever order events
    /// come. One lead that was linked and not read, or read with an earlier time, shows that they do not. That they do is shown only by
    /// many leads that bear the very second of the link: a new lead has its links from the beginning and shows nothing, nor does one that
    /// changed again later.
    /// </summary>
    /// <param name="links">Events of links that were read until now.</param>
    /// <param name="read">Leads that were read by their time of change.</param>
    public static bool ShowThatLinksMoveLeads(IEnumerable<ChangeEvent> links, IReadOnlyDictionary<long, LeadTimes> read)
    {
        var moved = new HashSet<long>();
        foreach (var link in links.Where(happened => happened.Entity == EntityType.Lead))
        {
            if (!read.TryGetValue(link.Id, out var lead) || lead.ChangedAt < link.At - AtOnce)
            {
                return false;
            }

            if (lead.ChangedAt - link.At <= AtOnce && link.At - lead.CreatedAt > AtBirth)
            {
                moved.Add(link.Id);
            }
        }

        return moved.Count >= EnoughMoved;
    }

    /// <summary>
    /// Whether a lead went from the lists since a moment: read page by page meanwhile, they may have moved up by one and hidden another.
    /// </summary>
    public static bool HasShifted(IEnumerable<ChangeEvent> events, DateTimeOffset since) =>
        HasShifted(events.Where(happened => happened.Entity == EntityType.Lead && happened.At >= since));

    /// <summary>Whether any card went from its list.</summary>
    public static bool HasShifted(IEnumerable<ChangeEvent> events) => events.Any(happened => happened.Type is "lead_deleted" or "company_deleted" or "contact_deleted" or Merged);

    /// <summary>The type of changes of one custom field; the CRM lets it be asked for only by itself.</summary>
    public static string FieldType(FieldId field) => string.Create(CultureInfo.InvariantCulture, $"custom_field_{field.Value}_value_changed");

    /// <summary>What a set of events asks to be done, whatever their order.</summary>
    public static WantedCards Wanted(IEnumerable<ChangeEvent> events)
    {
        var wanted = new WantedCards();
        foreach (var card in events.Where(happened => happened.Entity is not null).GroupBy(happened => (Entity: happened.Entity!.Value, happened.Id)))
        {
            if (card.Any(happened => happened.Type == Merged))
            {
                wanted.Merged(card.Key.Entity).Add(card.Key.Id);
            }

            var isRestored = card.Any(happened => happened.Type.EndsWith("_restored", StringComparison.Ordinal));
            if (isRestored)
            {
                wanted.Restored(card.Key.Entity).Add(card.Key.Id);
            }

            if (!isRestored && IsLastDeleted(card))
            {
                wanted.Gone(card.Key.Entity).Add(card.Key.Id);
            }
            else if (card.Any(happened => IsWorthReading(card.Key.Entity, happened.Type)))
            {
                wanted.Fetch(card.Key.Entity).Add(card.Key.Id);
            }
        }

        return wanted;
    }

    /// <summary>
    /// Whether nothing came after the deletion. Times alone do not decide between deleted and restored: events of one second come in no
    /// order, and the clocks of a CRM's many servers differ, so that what was restored at once may bear the earlier time. Such a card is asked.
    /// </summary>
    private static bool IsLastDeleted(IEnumerable<ChangeEvent> card)
    {
        var latest = card.Max(happened => happened.At);
        return card.Where(happened => happened.At == latest).All(happened => happened.Type.EndsWith("_deleted", StringComparison.Ordinal));
    }

    /// <summary>A change of a lead's name or responsible user moves its time of change: it is read by that.</summary>
    private static bool IsWorthReading(EntityType entity, string type) =>
        entity != EntityType.Lead || type is not ("name_field_changed" or "entity_responsible_changed");
}
