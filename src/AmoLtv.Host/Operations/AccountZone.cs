using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Operations;

/// <summary>The time zone of an account.</summary>
internal static class AccountZone
{
    /// <returns>UTC where this machine does not know the account's.</returns>
    public static async Task<TimeZoneInfo> ReadAsync(NpgsqlConnection connection, AccountId account, CancellationToken cancellationToken)
    {
        var name = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "select time_zone from accounts where account_id = @Account", new { Account = account.Value }, cancellationToken: cancellationToken));
        return name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;
    }
}
