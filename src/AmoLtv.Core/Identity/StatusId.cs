using System.Globalization;

namespace AmoLtv.Core.Identity;

/// <summary>Number of a stage. 142 (won) and 143 (lost) repeat in every pipeline, so a stage is known only by (pipeline, status).</summary>
public readonly record struct StatusId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
