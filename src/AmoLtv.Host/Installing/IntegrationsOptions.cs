namespace AmoLtv.Host.Installing;

/// <summary>Every integration this service is (the list <c>Integrations</c>): a private one, a public one, Kommo's.</summary>
public sealed class IntegrationsOptions
{
    public const string Section = "Integrations";

    public List<IntegrationOptions> Items { get; init; } = [];
}
