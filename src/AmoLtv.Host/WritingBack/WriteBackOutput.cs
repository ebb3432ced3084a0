namespace AmoLtv.Host.WritingBack;

/// <summary>A number that can be written on a kind of card.</summary>
/// <param name="Entity"><c>company</c>, <c>contact</c> or <c>lead</c>.</param>
/// <param name="Output">Its name.</param>
/// <param name="Code">Code of the field made for it.</param>
/// <param name="Type"><c>numeric</c>, <c>text</c>, <c>date</c> or <c>dateTime</c>.</param>
/// <param name="FieldName">Name of the field it goes into, or of the one that would be made.</param>
/// <param name="Field">Number of the field; null where none was chosen yet.</param>
/// <param name="IsOurs">Whether the field was made by this service.</param>
/// <param name="IsOn">Whether the number is written.</param>
/// <param name="OffReason"><c>admin</c>, <c>deleted</c>, <c>retyped</c>, or <c>reading</c> until a whole sync has read what stands in it; null where it is on or was never chosen.</param>
/// <param name="Trouble"><c>deleted</c> or <c>retyped</c> in the CRM while it is still on; else null.</param>
public sealed record WriteBackOutput(
    string Entity, string Output, string Code, string Type, string FieldName, long? Field, bool IsOurs, bool IsOn, string? OffReason, string? Trouble);
