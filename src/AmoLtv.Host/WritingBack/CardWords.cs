using AmoLtv.Core.Identity;

namespace AmoLtv.Host.WritingBack;

/// <summary>Names of kinds of cards in sentences for the admin.</summary>
internal static class CardWords
{
    public static string Of(EntityType entity) => entity switch
    {
        EntityType.Company => "companies",
        EntityType.Contact => "contacts",
        _ => "leads",
    };

    public static string One(EntityType entity) => entity switch
    {
        EntityType.Company => "company",
        EntityType.Contact => "contact",
        _ => "lead",
    };
}
