using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Entities;

/// <summary>A lead as the CRM lists it.</summary>
/// <param name="Price">With minor units where the CRM gives them; null where the lead has no amount, or one nobody can have meant (see <see cref="Doubt"/>).</param>
/// <param name="MainContact">The contact marked as main; where none is, the first one.</param>
/// <param name="Fields">Text of the custom fields that were asked for and are filled.</param>
/// <param name="Source">Name of the source, null where the CRM names none.</param>
public sealed record CrmLead(
    LeadId Id,
    PipelineId Pipeline,
    StatusId Status,
    decimal? Price,
    CompanyId? Company,
    ContactId? MainContact,
    UserId? Responsible,
    long? LossReason,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? ClosedAt,
    bool IsDeleted,
    IReadOnlyDictionary<FieldId, string> Fields,
    IReadOnlyList<string> Tags,
    string? Source) : ICrmRow
{
    public long Key => Id.Value;

    public string? Doubt { get; init; }

    /// <summary>In order of list and number; none where the lead was not listed with its products.</summary>
    public IReadOnlyList<CrmLeadProduct> Products { get; init; } = [];
}
