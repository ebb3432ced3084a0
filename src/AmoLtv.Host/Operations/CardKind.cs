using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Operations;

/// <summary>Kinds of cards as pages name them.</summary>
public static class CardKind
{
    public static string Of(int entity) => (EntityType)entity switch
    {
        EntityType.Company => "company",
        EntityType.Contact => "contact",
        _ => "lead",
    };

    /// <summary>Null where no kind is named so.</summary>
    public static EntityType? Read(string? name) => name switch
    {
        "company" => EntityType.Company,
        "contact" => EntityType.Contact,
        "lead" => EntityType.Lead,
        _ => null,
    };
}
