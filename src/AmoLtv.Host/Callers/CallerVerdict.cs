using Microsoft.AspNetCore.Http.HttpResults;

namespace AmoLtv.Host.Callers;

/// <summary>Who asks, or why nobody is let through: one of the two.</summary>
public sealed record CallerVerdict(Caller? Caller, ProblemHttpResult? Refusal)
{
    public static implicit operator CallerVerdict(Caller caller) => new(caller, null);

    public static implicit operator CallerVerdict(ProblemHttpResult refusal) => new(null, refusal);
}
