namespace AmoLtv.Sandbox.State;

/// <summary>The names of the entities in addresses (plural) and in events (singular).</summary>
public static class EntityKinds
{
    public static string Plural(this EntityKind kind) => kind switch
    {
        EntityKind.Contacts => "contacts",
        EntityKind.Leads => "leads",
        _ => "companies",
    };

    public static string Singular(this EntityKind kind) => kind switch
    {
        EntityKind.Contacts => "contact",
        EntityKind.Leads => "lead",
        _ => "company",
    };

    /// <summary>Null for a word that names none of the three.</summary>
    public static EntityKind? Parse(string? word) => word switch
    {
        "contacts" or "contact" => EntityKind.Contacts,
        "leads" or "lead" => EntityKind.Leads,
        "companies" or "company" => EntityKind.Companies,
        _ => null,
    };
}
