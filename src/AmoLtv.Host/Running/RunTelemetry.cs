using System.Diagnostics;
using System.Diagnostics.Metrics;
using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Running;

/// <summary>
/// What runs tell to whoever measures: spans from the trigger down to the steps, and instruments. Spans name account and run; instruments do
/// not, so that ten thousand accounts make no more series than one.
/// </summary>
public static class RunTelemetry
{
    /// <summary>Name of the meter and of the source of spans.</summary>
    public const string Name = "AmoLtv.Host";

    public const string AccountKey = "amoltv.account.id";
    public const string RunKey = "amoltv.run.id";
    public const string CauseKey = "amoltv.run.cause";
    public const string StepKey = "amoltv.run.step";
    public const string OutcomeKey = "amoltv.run.outcome";
    public const string FailureKey = "error.type";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly InstrumentAdvice<double> Long =
        new() { HistogramBucketBoundaries = [0.1, 0.5, 1, 5, 15, 30, 60, 300, 900, 1800, 3600, 10_800, 28_800] };

    private static readonly Histogram<double> Runs =
        Meter.CreateHistogram("amoltv.run.duration", "s", "Time of a run over one account, its wait for the account not counted.", tags: null, Long);

    private static readonly Histogram<double> Steps =
        Meter.CreateHistogram("amoltv.run.step.duration", "s", "Time of one step of a run.", tags: null, Long);

    private static readonly UpDownCounter<long> Active =
        Meter.CreateUpDownCounter<long>("amoltv.run.active", "{run}", "Runs under way in this process.");

    private static readonly Histogram<double> Delays =
        Meter.CreateHistogram("amoltv.schedule.delay", "s", "How much later than planned a scheduled run was begun.", tags: null, Long);

    private static readonly Counter<long> Fields = Meter.CreateCounter<long>(
        "amoltv.write_back.fields", "{field}", "Fields of cards that were written to the CRM, refused by it, or left to another hand.");

    /// <summary>The span of what the schedule fires; everything of the run hangs below it.</summary>
    public static Activity? BeginTrigger(AccountId account, string cause, TimeSpan delay)
    {
        Delays.Record(Math.Max(0, delay.TotalSeconds), new KeyValuePair<string, object?>(CauseKey, cause));
        return Begin("trigger " + cause, account, cause);
    }

    public static void FieldsWritten(long fields) => Count(fields, "written");

    public static void FieldsRefused(long fields) => Count(fields, "refused");

    /// <summary>Something else keeps writing them: they are given up.</summary>
    public static void FieldsConflicting(long fields) => Count(fields, "conflict");

    internal static Activity? BeginRun(AccountId account, string cause) => Begin("run " + cause, account, cause);

    internal static Activity? BeginStep(RunContext run, string step)
    {
        var span = Source.StartActivity("step " + step);
        span?.SetTag(AccountKey, run.Account.Value);
        span?.SetTag(RunKey, run.Run.Value);
        span?.SetTag(StepKey, step);
        return span;
    }

    internal static void RunBegan() => Active.Add(1);

    /// <param name="failure">One of <see cref="FailureCode"/>; null where nothing failed.</param>
    internal static void RunEnded(Activity? span, string cause, string outcome, string? failure, TimeSpan duration)
    {
        Active.Add(-1);
        Runs.Record(duration.TotalSeconds, new(CauseKey, cause), new(OutcomeKey, outcome), new(FailureKey, failure ?? ""));
        End(span, outcome, failure);
    }

    internal static void StepEnded(Activity? span, string step, string outcome, TimeSpan duration)
    {
        Steps.Record(duration.TotalSeconds, new(StepKey, step), new(OutcomeKey, outcome));
        End(span, outcome, failure: null);
    }

    private static Activity? Begin(string name, AccountId account, string cause)
    {
        // A request over HTTP may have woken what begins a run: the run is no part of it.
        if (Activity.Current?.Source.Name != Name)
        {
            Activity.Current = null;
        }

        var span = Source.StartActivity(name);
        span?.SetTag(AccountKey, account.Value);
        span?.SetTag(CauseKey, cause);
        return span;
    }

    private static void End(Activity? span, string outcome, string? failure)
    {
        span?.SetTag(OutcomeKey, outcome);
        if (outcome == RunStatus.Failed)
        {
            span?.SetStatus(ActivityStatusCode.Error);
            span?.SetTag(FailureKey, failure ?? outcome);
        }
    }

    private static void Count(long fields, string result)
    {
        if (fields > 0)
        {
            Fields.Add(fields, new KeyValuePair<string, object?>("amoltv.write_back.result", result));
        }
    }
}
