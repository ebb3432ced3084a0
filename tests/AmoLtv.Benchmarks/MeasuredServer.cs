using System.Diagnostics;

namespace AmoLtv.Benchmarks;

/// <summary>A PostgreSQL of its own, as the product starts one, in a temporary folder that goes with it.</summary>
internal sealed class MeasuredServer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("amoltv-bench-").FullName;

    private MeasuredServer() => ConnectionString = Script("start");

    public string ConnectionString { get; }

    public static MeasuredServer Start() => new();

    public ValueTask DisposeAsync()
    {
        Script("stop");
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private string Script(string verb)
    {
        // The started server inherits standard output and would keep a pipe open: the script's answer goes through a file.
        var answer = Path.Combine(_folder, verb + ".out");
        var script = Path.Combine(MeasuredBase.Root(), "deploy", "postgres.sh");
        using var process = Process.Start("bash", ["-c", "exec bash \"$0\" \"$1\" \"$2\" >\"$3\" 2>&1", script, verb, _folder, answer]);
        process.WaitForExit();
        var output = File.ReadAllText(answer).Trim();
        return process.ExitCode == 0 ? output.Split('\n')[^1] : throw new InvalidOperationException($"deploy/postgres.sh {verb} failed: {output}");
    }
}
