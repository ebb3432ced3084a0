namespace AmoLtv.Core.Valuation;

/// <summary>Where the expected lifetime comes from.</summary>
public enum LifetimeSource
{
    /// <summary>From the clients' own lifetimes (<see cref="KaplanMeier"/>).</summary>
    Estimated = 0,

    /// <summary>Too few clients are lost to estimate it.</summary>
    Assumed = 1,

    /// <summary>The admin fixed it.</summary>
    Fixed = 2,
}
