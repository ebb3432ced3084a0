namespace AmoLtv.Soak;

/// <summary>How a process ends in a round.</summary>
internal enum RoundEnd
{
    /// <summary>By itself, whatever it met.</summary>
    Itself,

    /// <summary>Asked to stop, as by SIGTERM.</summary>
    Cancelled,

    /// <summary>Killed at a request to the CRM.</summary>
    KilledAtRequest,

    /// <summary>Killed some time after it began, wherever it is.</summary>
    KilledAnywhere,

    /// <summary>Stands still at a request until another process has taken its place and ended, then goes on.</summary>
    Frozen,

    /// <summary>The real program, killed by SIGKILL.</summary>
    ProgramKilled,
}
