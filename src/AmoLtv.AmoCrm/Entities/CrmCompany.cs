using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Entities;

/// <summary>A company as the CRM lists it.</summary>
/// <param name="Fields">Text of the custom fields that were asked for and are filled.</param>
public sealed record CrmCompany(
    CompanyId Id,
    string Name,
    UserId? Responsible,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    bool IsDeleted,
    IReadOnlyDictionary<FieldId, string> Fields) : ICrmRow
{
    public long Key => Id.Value;
}
