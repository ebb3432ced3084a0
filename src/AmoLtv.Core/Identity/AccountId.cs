using System.Globalization;

namespace AmoLtv.Core.Identity;

/// <summary>Number of an account in the CRM; the same for every integration installed in it.</summary>
public readonly record struct AccountId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
