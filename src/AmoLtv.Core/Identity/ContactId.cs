using System.Globalization;

namespace AmoLtv.Core.Identity;

/// <summary>Number of a contact, unique within an account.</summary>
public readonly record struct ContactId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
