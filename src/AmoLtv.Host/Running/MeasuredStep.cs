using System.Diagnostics;

namespace AmoLtv.Host.Running;

/// <summary>One step as it is measured: failed unless something better was said before its end.</summary>
internal sealed class MeasuredStep(RunContext run, string step, TimeProvider time) : IDisposable
{
    private readonly Activity? _span = RunTelemetry.BeginStep(run, step);
    private readonly long _began = time.GetTimestamp();

    /// <summary>One of <see cref="RunStatus"/>, or <see cref="FailureCode.Partial"/>.</summary>
    public string Outcome { get; set; } = RunStatus.Failed;

    public void Dispose()
    {
        RunTelemetry.StepEnded(_span, step, Outcome, time.GetElapsedTime(_began));
        _span?.Dispose();
    }
}
