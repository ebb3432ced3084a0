using System.Diagnostics;

namespace AmoLtv.Host.Running;

/// <summary>One run as it is measured, also where the database is gone before its end could be kept. The span is its caller's.</summary>
internal sealed class MeasuredRun : IDisposable
{
    private readonly Activity? _span;
    private readonly string _cause;
    private readonly TimeProvider _time;
    private readonly long _began;

    public MeasuredRun(Activity? span, string cause, TimeProvider time)
    {
        (_span, _cause, _time, _began) = (span, cause, time, time.GetTimestamp());
        RunTelemetry.RunBegan();
    }

    /// <summary>How it ended; unsaid, it was cut off.</summary>
    public RunEnd? End { get; set; }

    public void Dispose() => RunTelemetry.RunEnded(
        _span, _cause, End is null ? RunStatus.Interrupted : End.Code == FailureCode.Partial ? End.Code : End.Status, End?.Code, _time.GetElapsedTime(_began));
}
