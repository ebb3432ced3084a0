using AmoLtv.AmoCrm.Transport;
using AmoLtv.Host.Database;
using AmoLtv.Host.Installing;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AmoLtv.Host.CommandLine;

/// <summary>Turns the failures a person can mend into one clear line and exit status 1.</summary>
public static class Failures
{
    /// <summary>As shells count it: 128 + SIGINT.</summary>
    private const int CancelledStatus = 130;

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
        catch (InvalidDataException unreadable) when (unreadable.InnerException is FormatException)
        {
            return Say($"Configuration: {unreadable.Message} {unreadable.GetBaseException().Message}");
        }
        catch (OperationCanceledException)
        {
            Say("Cancelled.");
            return CancelledStatus;
        }
        catch (Exception failure) when (failure is DatabaseUnreachableException or CommandFailedException or ConnectionLostException or CrmException)
        {
            return Say(failure.Message);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            return Say(taken.Message);
        }
        catch (PostgresException refused) when (refused.SqlState.StartsWith("28", StringComparison.Ordinal) || refused.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            return Say($"Database:ConnectionString: PostgreSQL refused it: {refused.MessageText}.");
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
