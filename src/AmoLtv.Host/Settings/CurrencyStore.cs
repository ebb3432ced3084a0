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
        return await ReadAsync(connection, account, cancellationToken);
    }

    public async Task<AccountCurrency> ReadAsync(NpgsqlConnection connection, AccountId account, CancellationToken cancellationToken)
    {
        var (code, symbol, confirmed) = await connection.QuerySingleAsync<(string, string, string?)>(new CommandDefinition(
            "select currency, currency_symbol, confirmed_currency from accounts where account_id = @Account",
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        return new AccountCurrency(code, symbol, confirmed);
    }

    /// <summary>Confirms whatever currency the CRM names, for who is at the server and sees it printed.</summary>
    /// <returns>The currency confirmed.</returns>
    public async Task<string> ConfirmAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<string>(new CommandDefinition(
            "update accounts set confirmed_currency = currency where account_id = @Account returning currency",
            new { Account = account.Value },
            cancellationToken: cancellationToken)) ?? "";
    }

    /// <summary>Confirms the currency that a person saw.</summary>
    /// <returns>False where the CRM names another one by now; nothing is confirmed.</returns>
    public async Task<bool> ConfirmAsync(NpgsqlConnection connection, AccountId account, string currency, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(new CommandDefinition(
            "update accounts set confirmed_currency = currency where account_id = @Account and currency = @currency",
            new { Account = account.Value, currency },
            cancellationToken: cancellationToken)) == 1;
}
