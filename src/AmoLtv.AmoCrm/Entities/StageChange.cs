using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;

namespace AmoLtv.AmoCrm.Entities;

/// <summary>A lead entered a stage (event <c>lead_status_changed</c>).</summary>
public sealed record StageChange(LeadId Lead, PipelineId Pipeline, StatusId Status, DateTimeOffset EnteredAt)
{
    /// <summary>The stage it came from; null where the CRM does not say.</summary>
    public StageKey? From { get; init; }
}
