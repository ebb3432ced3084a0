using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace AmoLtv.Host.Observing;

/// <summary>
/// Lines of the log as the console has them by default, with the number of the trace that a line belongs to. Scopes are left out: those of
/// requests hold addresses, and addresses of webhooks a secret.
/// </summary>
internal sealed class TracedConsole() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "traced";

    private const string Indent = "      ";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write($"{Word(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}]");
        if (Activity.Current is { Recorded: true } span)
        {
            textWriter.Write($" trace={span.TraceId} span={span.SpanId}");
        }

        textWriter.WriteLine();
        WriteLines(textWriter, logEntry.Formatter(logEntry.State, logEntry.Exception));
        if (logEntry.Exception is { } failure)
        {
            WriteLines(textWriter, failure.ToString());
        }
    }

    private static void WriteLines(TextWriter writer, string text)
    {
        foreach (var line in text.Split('\n'))
        {
            writer.Write(Indent);
            writer.WriteLine(line.TrimEnd('\r'));
        }
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
