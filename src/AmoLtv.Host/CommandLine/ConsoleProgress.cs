using System.Globalization;
using AmoLtv.Host.Running;
using Spectre.Console;

namespace AmoLtv.Host.CommandLine;

/// <summary>
/// Shows on standard error how far the work is, once it has taken longer than two seconds: one live line on a
/// terminal, a plain line every two seconds elsewhere.
/// </summary>
public sealed class ConsoleProgress(TimeProvider time) : IProgress<RunProgress>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LivePeriod = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    // Made when it is first needed: most commands end before.
    private readonly Lazy<IAnsiConsole> _console = new(() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }));
    private readonly bool _isLive = !Console.IsErrorRedirected;
    private readonly long _began = time.GetTimestamp();
    private long _shown;
    private bool _hasLine;

    public void Report(RunProgress value)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var period = _isLive ? LivePeriod : Patience;
            if (time.GetElapsedTime(_began, now) < Patience || (_shown != 0 && time.GetElapsedTime(_shown, now) < period))
            {
                return;
            }

            _shown = now;
            Show(Line(value));
        }
    }

    /// <summary>Takes the live line away.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_hasLine)
            {
                _console.Value.Write(new ControlCode("\r\u001b[2K"));
                _hasLine = false;
            }
        }
    }

    private static string Line(RunProgress progress)
    {
        var (done, total, note) = progress.Step;
        var amount = total is > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{done:N0} of {total:N0} ({Math.Min(100, 100.0 * done / total.Value):0} %)")
            : string.Create(CultureInfo.InvariantCulture, $"{done:N0}");
        return $"{progress.Stage}: {amount} {note}";
    }

    private void Show(string line)
    {
        if (!_isLive)
        {
            _console.Value.WriteLine(line);
            return;
        }

        var room = Math.Max(20, _console.Value.Profile.Width - 1);
        _console.Value.Write(new ControlCode("\r\u001b[2K"));
        _console.Value.Write(new Text(line.Length <= room ? line : line[..room]));
        _hasLine = true;
    }
}
