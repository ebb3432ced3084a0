namespace AmoLtv.Core.Tasks;

/// <summary>Why a responsible user is given a task.</summary>
public enum TaskKind
{
    /// <summary>A valuable client has been silent for longer than its rhythm allows.</summary>
    Slipping,

    /// <summary>A client has risen into a valuable tier.</summary>
    TierUp,

    /// <summary>A client has fallen out of a valuable tier.</summary>
    TierDown,
}
