using System.Globalization;

namespace AmoLtv.Core.Identity;

/// <summary>Number of a company, unique within an account.</summary>
public readonly record struct CompanyId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
