using System.Globalization;

namespace AmoLtv.Core.Identity;

/// <summary>Number of one run over an account: a sync, a recalculation, a write-back, or all three.</summary>
public readonly record struct RunId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
