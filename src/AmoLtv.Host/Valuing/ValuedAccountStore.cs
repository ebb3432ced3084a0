using AmoLtv.Core.Identity;
using AmoLtv.Core.Valuation;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Running;
using AmoLtv.Host.Settings;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Valuing;

/// <summary>Reads what a valuation needs of an account, and holds it back while its currency is unconfirmed.</summary>
public sealed class ValuedAccountStore(NpgsqlDataSource database, SettingsStore settings)
{
    /// <exception cref="CommandFailedException">The account is unknown, its time zone is, or its currency changed.</exception>
    public async Task<ValuedAccount> LoadAsync(RunContext run, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await FindRowAsync(connection, run.Account, cancellationToken);
        await ConfirmCurrencyAsync(connection, run, row, cancellationToken);
        return await ReadAsync(connection, run.Account, row, cancellationToken);
    }

    /// <summary>The account as it is, for a look that stores nothing: its currency is not asked about.</summary>
    /// <exception cref="CommandFailedException">The account is unknown, or its time zone is.</exception>
    public async Task<ValuedAccount> ReadAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await ReadAsync(connection, account, await FindRowAsync(connection, account, cancellationToken), cancellationToken);
    }

    private static async Task<AccountRow> FindRowAsync(NpgsqlConnection connection, AccountId account, CancellationToken cancellationToken) =>
        await connection.QuerySingleOrDefaultAsync<AccountRow>(Command(
            "select currency, confirmed_currency, time_zone from accounts where account_id = @Account", account, cancellationToken))
        ?? throw new CommandFailedException($"Account {account} is not connected.");

    private async Task<ValuedAccount> ReadAsync(NpgsqlConnection connection, AccountId account, AccountRow row, CancellationToken cancellationToken)
    {
        var excluded = await connection.QueryAsync<long>(Command(
            "select lead_id from lead_exclusions where account_id = @Account and revoked_at is null", account, cancellationToken));
        var spend = await connection.QueryAsync<SpendRow>(Command(
            "select channel, month, amount from channel_spend where account_id = @Account", account, cancellationToken));
        var saved = await settings.GetAsync(connection, account, cancellationToken);
        return new ValuedAccount(
            account,
            ZoneOf(account, row.TimeZone),
            saved.Version,
            saved.Settings,
            excluded.Select(lead => new LeadId(lead)).ToHashSet(),
            [.. spend.Select(entry => new ChannelSpend(entry.Channel, entry.Month, entry.Amount))]);
    }

    /// <summary>The first currency of an account is taken as it is; results in one currency are never mixed with another.</summary>
    private static async Task ConfirmCurrencyAsync(
        NpgsqlConnection connection, RunContext run, AccountRow row, CancellationToken cancellationToken)
    {
        if (row.ConfirmedCurrency is null && row.Currency.Length > 0)
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await RunFence.CheckAsync(connection, transaction, run, cancellationToken);
            await connection.ExecuteAsync(Command(
                "update accounts set confirmed_currency = currency where account_id = @Account", run.Account, cancellationToken, transaction));
            await transaction.CommitAsync(cancellationToken);
        }
        else if (row.ConfirmedCurrency is { } confirmed && confirmed != row.Currency)
        {
            throw new CommandFailedException(
                $"The currency of account {run.Account} changed from {confirmed} to {row.Currency}: nothing is recalculated until an admin "
                + $"confirms that the amounts in the CRM are in {row.Currency} now (amoltv settings confirm-currency --account {run.Account}).");
        }
    }

    private static TimeZoneInfo ZoneOf(AccountId account, string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
        ? zone
        : throw new CommandFailedException($"Account {account} has the time zone '{name}', which this machine does not know.");

    private static CommandDefinition Command(
        string sql, AccountId account, CancellationToken cancellationToken, NpgsqlTransaction? transaction = null) =>
        new(sql, new { Account = account.Value }, transaction, cancellationToken: cancellationToken);

    private sealed class AccountRow
    {
        public required string Currency { get; init; }

        public string? ConfirmedCurrency { get; init; }

        public required string TimeZone { get; init; }
    }

    private sealed class SpendRow
    {
        public required string Channel { get; init; }

        public required DateOnly Month { get; init; }

        public required decimal Amount { get; init; }
    }
}
