using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Tasks;

/// <summary>SQL of what tasks' texts depend on.</summary>
public sealed class TaskAccountStore(NpgsqlDataSource database)
{
    public async Task<TaskAccount> GetAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleAsync<(string Zone, bool IsEnglish, string Currency)>(new CommandDefinition(
            """
            select a.time_zone, coalesce(l.language = 'en', a.brand = 'kommo'), coalesce(nullif(a.currency_symbol, ''), a.currency)
            from accounts a
            left join account_languages l on l.account_id = a.account_id
            where a.account_id = @Account
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        return new TaskAccount(TimeZoneInfo.FindSystemTimeZoneById(row.Zone), row.IsEnglish, row.Currency);
    }
}
