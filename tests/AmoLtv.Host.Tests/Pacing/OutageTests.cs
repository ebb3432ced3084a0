using AmoLtv.Host.Pacing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AmoLtv.Host.Tests.Pacing;

[TestFixture]
public sealed class OutageTests
{
    private static readonly Exception[] Failures = [new InvalidOperationException(), new InvalidCastException(), new NpgsqlException(), new TimeoutException()];

    [TestCaseSource(nameof(Failures))]
    public async Task Question_that_fails_in_whatever_way_is_answered_as_if_alone_and_said_in_the_log(Exception failure)
    {
        var log = new CountingLog();

        var answer = await new Outage(log, TimeProvider.System).AskAsync(_ => Task.FromException<string>(failure), "alone", CancellationToken.None);

        Assert.That((answer, log.Said), Is.EqualTo(("alone", 1)));
    }

    [Test]
    public async Task Outage_that_lasts_is_said_once_a_minute()
    {
        var log = new CountingLog();
        var outage = new Outage(log, TimeProvider.System);
        for (var question = 0; question < 10; question++)
        {
            await outage.AskAsync(_ => Task.FromException<bool>(new InvalidOperationException()), false, CancellationToken.None);
        }

        Assert.That(log.Said, Is.EqualTo(1));
    }

    [Test]
    public void Caller_who_leaves_is_let_go()
    {
        using var left = new CancellationTokenSource();
        left.Cancel();

        Assert.That(
            async () => await new Outage(new CountingLog(), TimeProvider.System).AskAsync(token => Task.FromCanceled<bool>(token), false, left.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    private sealed class CountingLog : ILogger
    {
        public int Said { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Said += logLevel >= LogLevel.Warning ? 1 : 0;
    }
}
