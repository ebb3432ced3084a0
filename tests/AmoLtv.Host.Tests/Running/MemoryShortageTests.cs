using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using AmoLtv.Host.Running;
using Npgsql;

namespace AmoLtv.Host.Tests.Running;

/// <summary>A run that fails for want of memory says so whatever wrapped it, and what stays broken by it is found.</summary>
[TestFixture]
public sealed class MemoryShortageTests : AccountFixture
{
    private static readonly Exception Shortage = new InsufficientMemoryException();

    private static readonly TestCaseData[] Shortages =
    [
        new TestCaseData(Shortage).SetArgDisplayNames("bare"),
        new TestCaseData(new NpgsqlException("Exception while reading from stream", Shortage)).SetArgDisplayNames("of a read"),
        new TestCaseData(new AggregateException(new InvalidOperationException("ours"), Shortage)).SetArgDisplayNames("of one of several"),
        new TestCaseData(new InvalidOperationException("outer", new TypeInitializationException("Some.Type", Shortage))).SetArgDisplayNames("as a type began"),
    ];

    [TestCaseSource(nameof(Shortages))]
    public async Task Run_without_memory_is_told_as_that_whatever_wrapped_it(Exception failure)
    {
        await using var process = new RunningProcess(ConnectionString, new StubStep(RunSteps.Sync, _ => throw failure));

        var outcome = await process.Runner.RunAsync(
            Account, new RunRequest(RunCause.Command, [RunSteps.Sync], null, TimeSpan.Zero), null, CancellationToken.None);

        Assert.That(outcome.Error, Is.EqualTo("Step sync: the process had no memory left"));
        Assert.That(await TextAsync("select status || ' ' || error_code from runs"), Is.EqualTo("failed memory"));
    }

    [Test]
    public void Part_that_could_not_begin_for_want_of_memory_is_found_as_it_is_thrown()
    {
        var lasting = new ConcurrentBag<string>();
        void Look(object? sender, FirstChanceExceptionEventArgs thrown)
        {
            if (MemoryShortage.IsLastingIn(thrown.Exception))
            {
                lasting.Add(((TypeInitializationException)thrown.Exception).TypeName);
            }
        }

        AppDomain.CurrentDomain.FirstChanceException += Look;
        Assert.Throws<TypeInitializationException>(() => RuntimeHelpers.RunClassConstructor(typeof(Narrow).TypeHandle));
        Assert.Throws<TypeInitializationException>(() => RuntimeHelpers.RunClassConstructor(typeof(Mistaken).TypeHandle));
        AppDomain.CurrentDomain.FirstChanceException -= Look;

        Assert.That(lasting, Has.Some.Contains(nameof(Narrow)).And.None.Contains(nameof(Mistaken)));
    }

    /// <summary>A run that fails for want of memory may be tried again in the same process.</summary>
    [Test]
    public void Shortage_in_the_middle_of_work_is_over_with_it() =>
        Assert.That((MemoryShortage.IsCauseOf(Shortage), MemoryShortage.IsLastingIn(Shortage)), Is.EqualTo((true, false)));

    private static class Narrow
    {
        static Narrow() => ExceptionDispatchInfo.Throw(Shortage);
    }

    private static class Mistaken
    {
        static Mistaken() => throw new InvalidOperationException("ours");
    }
}
