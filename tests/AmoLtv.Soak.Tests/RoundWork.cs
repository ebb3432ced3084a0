namespace AmoLtv.Soak;

/// <summary>What a process does in a round.</summary>
internal enum RoundWork
{
    /// <summary>All steps, as at night.</summary>
    Night,

    /// <summary>The sync alone.</summary>
    Sync,

    /// <summary>Recalculation and write-back of what is stored.</summary>
    Value,

    /// <summary>The recurring jobs: what follows changes between nights.</summary>
    Jobs,
}
