using AmoLtv.AmoCrm.Transport;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Database;
using AmoLtv.Host.Installing;
using Npgsql;

namespace AmoLtv.Host.Running;

/// <summary>A failure as one sentence for an admin: no type names, no stack, no line breaks.</summary>
public static class FailureWords
{
    private const int Longest = 500;

    /// <param name="step">The step that failed.</param>
    /// <param name="failure">What it threw; the log has it whole.</param>
    public static string Of(string step, Exception failure)
    {
        var cause = failure switch
        {
            _ when MemoryShortage.IsCauseOf(failure) => "the process had no memory left",
            // Of the database neither address nor data: admins of many accounts read this, and the log has it whole.
            PostgresException refused => $"{ServerTrouble.Words(refused) ?? "the database refused a statement"} (state {refused.SqlState})",
            NpgsqlException => "the database could not be reached",
            TimeoutException or OperationCanceledException => "an answer did not come in time",
            _ => failure.Message,
        };
        var line = $"Step {step}: {cause}".ReplaceLineEndings(" ");
        return line.Length <= Longest ? line : string.Concat(line.AsSpan(0, Longest), "…");
    }

    /// <summary>Whether the words say all there is: a stack would add nothing to them.</summary>
    public static bool IsExpected(Exception failure) =>
        failure is CrmException or ConnectionLostException or CommandFailedException;
}
