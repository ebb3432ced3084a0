namespace AmoLtv.Host.Settings;

/// <summary>What an account has in the CRM that its settings may name.</summary>
public sealed record SettingsCatalog
{
    /// <summary>In the CRM's own order.</summary>
    public required IReadOnlyList<CatalogPipeline> Pipelines { get; init; }

    public required IReadOnlyList<CatalogField> LeadFields { get; init; }

    public required IReadOnlyList<CatalogField> CompanyFields { get; init; }

    /// <summary>Channels that leads have by the settings in force, the most frequent first, at most 200.</summary>
    public required IReadOnlyList<CatalogChannel> Channels { get; init; }
}
