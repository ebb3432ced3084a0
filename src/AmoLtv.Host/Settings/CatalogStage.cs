namespace AmoLtv.Host.Settings;

/// <summary>A stage.</summary>
/// <param name="Id">Number of the status; 142 is won and 143 lost in every pipeline.</param>
/// <param name="Name">Empty for the two of every pipeline where the CRM did not name them.</param>
/// <param name="Leads">Leads that stand there now.</param>
public sealed record CatalogStage(long Id, string Name, int Leads);
