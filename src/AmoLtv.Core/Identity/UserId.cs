using System.Globalization;

namespace AmoLtv.Core.Identity;

/// <summary>Number of a user of an account. 0 is the CRM's robot.</summary>
public readonly record struct UserId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
