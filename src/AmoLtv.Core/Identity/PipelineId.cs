using System.Globalization;

namespace AmoLtv.Core.Identity;

/// <summary>Number of a pipeline, unique within an account.</summary>
public readonly record struct PipelineId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
