using AmoLtv.AmoCrm.Transport;
using AmoLtv.Host.Database;
using AmoLtv.Host.Installing;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace AmoLtv.Host.CommandLine;

/// <summary>Turns the failures a person can mend into one clear line and exit status 1.</summary>
public static class Failures
{
    public static async Task<int> ReportAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (OptionsValidationException invalid)
        {
            return Say("Configuration: " + string.Join(Environment.NewLine, invalid.Failures));
        }
        catch (Exception failure) when (failure is DatabaseUnreachableException or CommandFailedException or ConnectionLostException or CrmException)
        {
            return Say(failure.Message);
        }
    }

    private static int Say(string message)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        console.MarkupLineInterpolated($"[red]{message}[/]");
        return 1;
    }
}
