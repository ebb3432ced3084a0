using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Entities;

/// <summary>A contact as the CRM lists it, without the person's name, phones and e-mails: they are not read.</summary>
/// <param name="Fields">Text of the custom fields that were asked for and are filled.</param>
public sealed record CrmContact(
    ContactId Id,
    CompanyId? Company,
    UserId? Responsible,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    bool IsDeleted,
    IReadOnlyDictionary<FieldId, string> Fields) : ICrmRow
{
    public long Key => Id.Value;
}
