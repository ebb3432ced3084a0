using System.Diagnostics;

namespace AmoLtv.Host.Tests.Faults;

/// <summary>Programs of the system.</summary>
internal static class Programs
{
    /// <returns>The exit status and what was said, errors last; 127 where there is no such program.</returns>
    public static async Task<(int Status, string Said)> RunAsync(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var (said, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return (process.ExitCode, (await said + await errors).Trim());
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return (127, missing.Message);
        }
    }
}
