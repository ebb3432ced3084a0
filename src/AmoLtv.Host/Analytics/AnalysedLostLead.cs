using AmoLtv.Core.Attribution;
using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Analytics;

/// <summary>A lost lead as its list shows it.</summary>
/// <param name="Lead">What the analysis needs.</param>
/// <param name="Day">Local day of its loss.</param>
/// <param name="Responsible">User of the lead; null where the CRM names none.</param>
internal sealed record AnalysedLostLead(LostLead Lead, DateOnly Day, UserId? Responsible);
