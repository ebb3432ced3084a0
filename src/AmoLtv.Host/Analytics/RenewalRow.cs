namespace AmoLtv.Host.Analytics;

/// <summary>One renewal of the yearly contracts.</summary>
/// <param name="Renewal">1 for the first.</param>
/// <param name="AtRisk">Clients that came up for it in a year that is over.</param>
/// <param name="Renewed">Of them bought in that year.</param>
/// <param name="ModelRate">Share that the model expects to renew, 0..1; null without a model.</param>
internal sealed record RenewalRow(int Renewal, int AtRisk, int Renewed, double? ModelRate);
