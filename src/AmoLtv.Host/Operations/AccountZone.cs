using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Operations;

/// <summary>The time zone of an account.</summary>
public sealed class AccountZone(NpgsqlDataSource database)
{
    /// <returns>UTC where this machine does not know the account's.</returns>
    public async Task<TimeZoneInfo> ReadAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var name = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "select time_zone from accounts where account_id = @Account", new { Account = account.Value }, cancellationToken: cancellationToken));
        return name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;
    }
}
