using System.Globalization;

namespace AmoLtv.Core.Identity;

/// <summary>Number of a custom field, unique within an account and entity type.</summary>
public readonly record struct FieldId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
