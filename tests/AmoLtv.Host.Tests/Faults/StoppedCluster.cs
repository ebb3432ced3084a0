using System.Diagnostics;
using System.Globalization;
using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.Faults;

/// <summary>Every process of a PostgreSQL server stopped (SIGSTOP): to its clients, a server behind a network that drops everything. Goes on when disposed.</summary>
internal sealed class StoppedCluster : IDisposable
{
    private readonly IReadOnlyList<string> _processes;

    private StoppedCluster(IReadOnlyList<string> processes) => _processes = processes;

    public static StoppedCluster Stop(PostgresCluster cluster)
    {
        var postmaster = File.ReadLines(Path.Combine(cluster.Folder, "postgres", "postmaster.pid")).First();
        // The postmaster first: it answers the death or silence of the others.
        Signal("-STOP", [postmaster]);
        var children = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{postmaster}/task/{postmaster}/children"))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Signal("-STOP", children);
        return new StoppedCluster([.. children, postmaster]);
    }

    public void Dispose() => Signal("-CONT", _processes);

    private static void Signal(string signal, IEnumerable<string> processes)
    {
        using var kill = Process.Start("kill", [signal, .. processes]);
        kill.WaitForExit();
    }
}
