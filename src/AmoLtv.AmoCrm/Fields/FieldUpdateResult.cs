namespace AmoLtv.AmoCrm.Fields;

/// <summary>What became of a batch.</summary>
/// <param name="Updated">Ids the CRM gave back as written. An id that is missing here and in <paramref name="Errors"/> was not written.</param>
/// <param name="Errors">
/// Elements the CRM named as wrong. Whether the rest of such a batch was written is not documented:
/// it counts as not written and may be sent again without the named ones, since writing a value twice is harmless.
/// </param>
public sealed record FieldUpdateResult(IReadOnlySet<long> Updated, IReadOnlyList<FieldUpdateError> Errors);
