using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Reading;

/// <summary>The CRM's names of its kinds of cards.</summary>
internal static class EntityPaths
{
    public static string Plural(this EntityType entity) => entity switch
    {
        EntityType.Lead => "leads",
        EntityType.Company => "companies",
        EntityType.Contact => "contacts",
        _ => throw new ArgumentOutOfRangeException(nameof(entity), entity, "Not a kind of card."),
    };

    public static string Singular(this EntityType entity) => entity switch
    {
        EntityType.Lead => "lead",
        EntityType.Company => "company",
        EntityType.Contact => "contact",
        _ => throw new ArgumentOutOfRangeException(nameof(entity), entity, "Not a kind of card."),
    };
}
