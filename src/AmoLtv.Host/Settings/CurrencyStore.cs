using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Settings;

/// <summary>Confirms the currency an account's amounts are in.</summary>
public sealed class CurrencyStore(NpgsqlDataSource database)
{
    /// <returns>The currency confirmed, which is the one the CRM names.</returns>
    public async Task<string> ConfirmAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<string>(new CommandDefinition(
            "update accounts set confirmed_currency = currency where account_id = @Account returning currency",
            new { Account = account.Value },
            cancellationToken: cancellationToken)) ?? "";
    }
}
