using AmoLtv.AmoCrm.Transport;
using AmoLtv.Host.Database;
using AmoLtv.Host.Installing;
using Microsoft.Extensions.Options;
using Npgsql;

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
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn)
        {
            return Say($"The database's schema is not this program's ({missing.MessageText}). Run: amoltv migrate");
        }
    }

    /// <summary>Plain text: a message may be long, and it is read in logs as often as on a terminal.</summary>
    private static int Say(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}
