using AmoLtv.Host.Running;
using Npgsql;

namespace AmoLtv.Host.Tests.Running;

/// <summary>A run that fails for want of memory says so whatever wrapped it, and a process that stays broken by it stops.</summary>
[TestFixture]
public sealed class MemoryShortageTests : AccountFixture
{
    private static readonly InsufficientMemoryException Shortage = new();

    private static readonly TestCaseData[] Shortages =
    [
        new TestCaseData(Shortage, false).SetArgDisplayNames("bare"),
        new TestCaseData(new NpgsqlException("Exception while reading from stream", Shortage), false).SetArgDisplayNames("of a read"),
        new TestCaseData(new AggregateException(new InvalidOperationException("ours"), Shortage), false).SetArgDisplayNames("of one of several"),
        new TestCaseData(new TypeInitializationException("Some.Type", Shortage), true).SetArgDisplayNames("as a type began"),
        new TestCaseData(new InvalidOperationException("outer", new TypeInitializationException("Some.Type", Shortage)), true)
            .SetArgDisplayNames("as a type began, deep down"),
    ];

    [TestCaseSource(nameof(Shortages))]
    public async Task Run_without_memory_is_told_as_that_and_the_process_stops_only_where_a_part_of_it_stays_broken(Exception failure, bool stops)
    {
        await using var process = new RunningProcess(ConnectionString, new StubStep(RunSteps.Sync, _ => throw failure));

        var outcome = await process.Runner.RunAsync(
            Account, new RunRequest(RunCause.Command, [RunSteps.Sync], null, TimeSpan.Zero), null, CancellationToken.None);

        Assert.That(outcome.Error, Is.EqualTo("Step sync: the process had no memory left"));
        Assert.That(await TextAsync("select status || ' ' || error_code from runs"), Is.EqualTo("failed memory"));
        Assert.That(process.Lifetime.ApplicationStopping.IsCancellationRequested, Is.EqualTo(stops));
    }

    [Test]
    public void Type_that_could_not_begin_for_another_reason_is_no_shortage()
    {
        var failure = new TypeInitializationException("Some.Type", new InvalidOperationException("ours"));

        Assert.That((MemoryShortage.IsCauseOf(failure), MemoryShortage.OutlastsItself(failure)), Is.EqualTo((false, false)));
    }
}
