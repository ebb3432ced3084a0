using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Settings;

/// <summary>The currency an account's amounts are in, and its confirmation.</summary>
public sealed class CurrencyStore(NpgsqlDataSource database)
{
    public async Task<AccountCurrency> ReadAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (code, symbol, confirmed) = await connection.QuerySingleAsync<(string, string, string?)>(new CommandDefinition(
            "select currency, currency_symbol, confirmed_currency from accounts where account_id = @Account",
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        return new AccountCurrency(code, symbol, confirmed);
    }

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
