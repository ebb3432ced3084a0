using AmoLtv.AmoCrm.Fields;
using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;

namespace AmoLtv.Host.WritingBack;

/// <summary>The custom field of one number on one kind of card.</summary>
/// <param name="Entity">The kind of card.</param>
/// <param name="Output">The number.</param>
/// <param name="Name">Name of the field, found or to be created.</param>
/// <param name="Found">The field in the CRM; null where it has to be created.</param>
/// <param name="IsKnown">Whether it was enabled before and is still written.</param>
/// <param name="IsRead">
/// Whether what stands in it is stored: it is only made now, or every sync since the last whole one kept it. A field that is not may
/// hold values of the customer's own, which a run would take for empty, write over, and undo away.
/// </param>
public sealed record FieldChoice(EntityType Entity, OutputField Output, string Name, CrmCustomField? Found, bool IsKnown, bool IsRead);
