using System.Text.RegularExpressions;
using AmoLtv.Host.Database;

namespace AmoLtv.Host.Tests.Conventions;

/// <summary>The schema can be spread by account: every table, key and index begins with account_id.</summary>
[TestFixture]
public sealed partial class SchemaRules
{
    // What exists before an account is known.
    private static readonly string[] BeforeAccounts = ["oauth_states", "pending_grants"];

    [Test]
    public void Every_table_begins_with_the_account()
    {
        Assert.That(Tables().Count(), Is.GreaterThan(20), "The pattern no longer finds the tables.");
        var offences = from table in Tables()
                       where !BeforeAccounts.Contains(table.Name) && !table.Body.TrimStart().StartsWith("account_id ", StringComparison.Ordinal)
                       select table.Name;

        Assert.That(offences, Is.Empty);
    }

    [Test]
    public void Every_key_and_index_begins_with_the_account()
    {
        var keys = from table in Tables()
                   where !BeforeAccounts.Contains(table.Name)
                   from Match key in PrimaryKey().Matches(table.Body)
                   where key.Groups["first"].Value != "account_id"
                   select table.Name;
        var indexes = from migration in Migration.ReadEmbedded()
                      from Match index in Index().Matches(migration.Sql)
                      where !BeforeAccounts.Contains(index.Groups["table"].Value) && index.Groups["first"].Value != "account_id"
                      select index.Value;

        Assert.That(keys.Concat(indexes), Is.Empty);
    }

    private static IEnumerable<(string Name, string Body)> Tables() =>
        from migration in Migration.ReadEmbedded()
        from Match table in Table().Matches(migration.Sql)
        select (table.Groups["name"].Value, table.Groups["body"].Value);

    [GeneratedRegex(@"create table (?<name>\w+) \((?<body>.*?)\n\)", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Table();

    [GeneratedRegex(@"primary key \((?<first>\w+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PrimaryKey();

    [GeneratedRegex(@"create (unique )?index \w+ on (?<table>\w+) \((?<first>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Index();
}
