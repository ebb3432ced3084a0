using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;

namespace AmoLtv.Host.WritingBack;

/// <summary>A number and the custom field it goes into, as it is remembered.</summary>
/// <param name="Entity">The kind of card.</param>
/// <param name="Output">The number.</param>
/// <param name="Field">The custom field.</param>
/// <param name="IsOurs">Whether we created the field; else the admin mapped one of theirs.</param>
/// <param name="OffReason">Why nothing is written into it: <c>deleted</c>, <c>retyped</c>, <c>admin</c>, <c>reading</c>; null where it is written.</param>
/// <param name="CrmName">Name of the field at the last sync; null where the CRM no longer listed it.</param>
/// <param name="CrmType">Its type then.</param>
public sealed record OutputFieldRow(
    EntityType Entity, OutputField Output, FieldId Field, bool IsOurs, string? OffReason, string? CrmName, string? CrmType)
{
    public bool IsOn => OffReason is null;

    /// <summary>Whether a whole sync has to read first what stands in it.</summary>
    public bool IsAwaited => OffReason == OutputFieldStore.Reading;

    /// <summary>Whether it is written, or will be once what stands in it is read.</summary>
    public bool IsChosen => IsOn || IsAwaited;

    /// <summary>Whether it is the same number on the same kind of card.</summary>
    public bool Is(FieldChoice choice) => choice.Entity == Entity && choice.Output == Output;

    /// <summary>Why the field cannot be written, as the last sync saw it: <c>deleted</c> or <c>retyped</c>; null where it can.</summary>
    public string? Trouble => CrmType is null ? OutputFieldStore.Deleted : FieldFit.Fits(Output.Type, CrmType) ? null : OutputFieldStore.Retyped;
}
