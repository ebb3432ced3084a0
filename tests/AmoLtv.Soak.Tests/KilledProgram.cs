using System.Diagnostics;

namespace AmoLtv.Soak;

/// <summary>The service's program as an operating system process, ended by SIGKILL.</summary>
internal static class KilledProgram
{
    /// <summary>Starts <c>amoltv run</c> and kills it.</summary>
    /// <param name="settings">Its configuration.</param>
    /// <param name="isAt">Asked again and again: whether the moment has come.</param>
    /// <returns>False where the command ended by itself before.</returns>
    public static async Task<bool> RunAsync(IReadOnlyDictionary<string, string?> settings, Func<Task<bool>> isAt, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "amoltv.dll"), "run"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        using var program = Process.Start(start)!;
        program.OutputDataReceived += (_, _) => { };
        program.ErrorDataReceived += (_, _) => { };
        program.BeginOutputReadLine();
        program.BeginErrorReadLine();
        try
        {
            while (!program.HasExited && !await isAt())
            {
                await Task.Delay(10, cancellationToken);
            }

            return !program.HasExited;
        }
        finally
        {
            program.Kill();
            await program.WaitForExitAsync(CancellationToken.None);
        }
    }
}
