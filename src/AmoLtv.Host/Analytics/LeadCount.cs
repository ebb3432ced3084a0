namespace AmoLtv.Host.Analytics;

/// <summary>Leads that are not in the sums for one reason.</summary>
/// <param name="Reason">As the verdict names it: otherPipeline, returned, excludedByHand, and so on.</param>
/// <param name="Leads">How many.</param>
/// <param name="Amount">What was entered on them; null where that says nothing, since they were never sold.</param>
internal sealed record LeadCount(string Reason, int Leads, decimal? Amount);
