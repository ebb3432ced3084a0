using AmoLtv.Host.Database;
using AmoLtv.Host.Running;
using Npgsql;

namespace AmoLtv.Host.Tests.Database;

/// <summary>Which failures are the server's, after which the same question may be asked again, and how they are told.</summary>
[TestFixture]
public sealed class ServerTroubleTests
{
    [TestCase("ERROR", "53100", true)]
    [TestCase("FATAL", "57P01", true)]
    [TestCase("FATAL", "XX000", true)]
    [TestCase("ERROR", "58030", true)]
    [TestCase("ERROR", "57014", false)]
    [TestCase("ERROR", "23505", false)]
    [TestCase("ERROR", "42P01", false)]
    public void Answer_of_PostgreSQL_is_the_servers_trouble_by_its_class_or_where_no_session_is_left(string severity, string state, bool expected) =>
        Assert.That(ServerTrouble.IsCauseOf(new PostgresException("words", severity, severity, state)), Is.EqualTo(expected));

    [Test]
    public void Lost_connection_is_the_servers_trouble_also_inside_another_failure_and_a_mistake_of_ours_is_not()
    {
        var lost = new NpgsqlException("Exception while writing to stream", new IOException("Broken pipe"));

        Assert.That(ServerTrouble.IsCauseOf(lost), Is.True);
        Assert.That(ServerTrouble.IsCauseOf(new InvalidOperationException("outer", lost)), Is.True);
        Assert.That(ServerTrouble.IsCauseOf(new InvalidOperationException("ours")), Is.False);
    }

    [TestCase("53100", "Step sync: the disk of the database is full (state 53100)", "databaseRefused")]
    [TestCase("53300", "Step sync: all connections of the database are in use (state 53300)", "databaseRefused")]
    [TestCase("57P01", "Step sync: the database was stopped or started meanwhile (state 57P01)", "database")]
    [TestCase("23505", "Step sync: the database refused a statement (state 23505)", "databaseRefused")]
    public void Run_that_fails_by_it_names_the_cause(string state, string words, string code)
    {
        var failure = new PostgresException("could not extend file \"base/16/1\"", "ERROR", "ERROR", state);

        Assert.That((FailureWords.Of("sync", failure), FailureCode.Of(failure)), Is.EqualTo((words, code)));
    }
}
