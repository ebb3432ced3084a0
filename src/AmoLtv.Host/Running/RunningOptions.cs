namespace AmoLtv.Host.Running;

/// <summary>Section <c>Running</c>: what runs of one process may take.</summary>
public sealed class RunningOptions
{
    public const string Section = "Running";

    /// <summary>
    /// What valuations and analyses of one process may take together, and so one account's alone: MiB, at least
    /// <see cref="RunMemory.SmallMb"/>. Null: a third of what the machine or the container gives the process.
    /// </summary>
    public int? MemoryMb { get; set; }
}
