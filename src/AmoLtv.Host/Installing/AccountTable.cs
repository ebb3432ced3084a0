using System.Globalization;
using AmoLtv.Core.Identity;
using Npgsql;

namespace AmoLtv.Host.Installing;

/// <summary>A table that holds rows of accounts, as the database's catalog describes it.</summary>
/// <param name="Columns">In their order.</param>
/// <param name="BinaryColumns">Of those, the ones of type <c>bytea</c>: encrypted, or a hash.</param>
/// <param name="Key">Columns of the primary key; none where the table has none.</param>
public sealed record AccountTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string> BinaryColumns, IReadOnlyList<string> Key)
{
    private const string Account = "account_id";
    private const string Job = "job_name";
    private const string Trigger = "trigger_name";

    /// <summary>Ready to stand in a statement.</summary>
    public string Quoted => Quote(Name);

    /// <summary>Whether rows tell whose they are by the number of an account.</summary>
    public bool IsKeyedByAccount => Columns.Contains(Account);

    /// <summary>Whether rows are of an account at all. The scheduler's jobs and triggers are, too: an account's have its number for a name.</summary>
    public bool IsOfAccounts => IsKeyedByAccount || IsOfScheduler;

    /// <summary>The lower ones are deleted earlier: rows of a kind of trigger refer to its trigger, which refers to its job.</summary>
    public int Depth => IsKeyedByAccount ? 0 : (Columns.Contains(Trigger), Columns.Contains(Job)) switch
    {
        (true, false) => 1,
        (true, true) => 2,
        _ => 3,
    };

    private bool IsOfScheduler => Columns.Contains("sched_name") && (Columns.Contains(Job) || Columns.Contains(Trigger));

    /// <summary>Condition of SQL that holds for the account's rows; without parameters, which COPY does not take.</summary>
    public string Of(AccountId account)
    {
        var number = account.Value.ToString(CultureInfo.InvariantCulture);
        return IsKeyedByAccount
            ? $"{Account} = {number}"
            : string.Join(" or ", new[] { Job, Trigger }.Where(Columns.Contains).Select(column => $"{column} = '{number}'"));
    }

    internal static string Quote(string name) => new NpgsqlCommandBuilder().QuoteIdentifier(name);
}
