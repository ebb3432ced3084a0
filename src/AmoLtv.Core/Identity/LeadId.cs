using System.Globalization;

namespace AmoLtv.Core.Identity;

/// <summary>Number of a lead (a deal), unique within an account.</summary>
public readonly record struct LeadId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
