using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Fields;

/// <summary>Definition of a custom field.</summary>
/// <param name="Type">The CRM's name of the type, for example <c>numeric</c>, <c>date</c>; types unknown to us are kept as they are.</param>
public sealed record CrmCustomField(FieldId Id, string Name, string? Code, string Type, bool IsApiOnly);
