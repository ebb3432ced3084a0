using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Entities;

/// <summary>A lead entered a stage (event <c>lead_status_changed</c>).</summary>
public sealed record StageChange(LeadId Lead, PipelineId Pipeline, StatusId Status, DateTimeOffset EnteredAt);
