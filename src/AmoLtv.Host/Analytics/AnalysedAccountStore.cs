using System.Text.Json;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Running;
using AmoLtv.Host.Settings;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Analytics;

/// <summary>Reads what the analyses need of an account itself.</summary>
internal sealed class AnalysedAccountStore(NpgsqlDataSource database, SettingsStore settings)
{
    /// <exception cref="CommandFailedException">The account is unknown, its time zone is, or it was never valued.</exception>
    public async Task<AnalysedAccount> LoadAsync(RunContext run, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<AccountRow>(Command(
            """
            select account.time_zone, valued.numbers::text as numbers, valued.rates::text as rates
            from accounts account
            left join lateral (
                select numbers, rates from account_values where account_id = account.account_id order by run_id desc limit 1) valued on true
            where account.account_id = @Account
            """, run.Account, cancellationToken)) ?? throw new CommandFailedException($"Account {run.Account} is not connected.");
        var numbers = row.Numbers ?? throw new CommandFailedException(
            $"Account {run.Account} was not valued yet: run amoltv recalculate --account {run.Account} first.");
        var spend = await connection.QueryAsync<SpendRow>(Command(
            "select channel, month, amount from channel_spend where account_id = @Account", run.Account, cancellationToken));
        return new AnalysedAccount(
            run,
            ZoneOf(run.Account, row.TimeZone),
            (await settings.GetAsync(connection, run.Account, cancellationToken)).Settings,
            JsonSerializer.Deserialize<AccountValuation>(numbers, SettingsJson.Options)!,
            row.Rates is { } rates
                ? JsonSerializer.Deserialize<EstimatedRates>(rates, SettingsJson.Options)!.Margin
                : await ReadMarginAsync(connection, run.Account, cancellationToken),
            [.. spend.Select(entry => new ChannelSpend(entry.Channel, entry.Month, entry.Amount))]);
    }

    /// <summary>The account's own rates once more, of a valuation that did not keep them: its numbers have them rounded.</summary>
    private static async Task<MarginRates> ReadMarginAsync(NpgsqlConnection connection, AccountId account, CancellationToken cancellationToken)
    {
        var sums = await connection.QuerySingleAsync<MarginRow>(Command(
            $"""
            select
                coalesce(sum(amount), 0) as revenue,
                coalesce(sum(amount) filter (where cost is not null), 0) as costed,
                coalesce(sum(cost), 0) as cost
            from lead_verdicts
            where account_id = @Account and kind = {(short)VerdictKind.Purchase} and is_in_period and coalesce(company_id, contact_id) is not null
            """, account, cancellationToken));
        return MarginRates.Of(
        [
            new CustomerHistory
            {
                Key = default, PurchaseRevenue = sums.Revenue, CostedRevenue = sums.Costed, PurchaseCost = sums.Cost,
            },
        ]);
    }

    private static TimeZoneInfo ZoneOf(AccountId account, string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
        ? zone
        : throw new CommandFailedException($"Account {account} has the time zone '{name}', which this machine does not know.");

    private static CommandDefinition Command(string sql, AccountId account, CancellationToken cancellationToken) =>
        new(sql, new { Account = account.Value }, cancellationToken: cancellationToken);

    private sealed class AccountRow
    {
        public required string TimeZone { get; init; }

        public string? Numbers { get; init; }

        public string? Rates { get; init; }
    }

    private sealed class MarginRow
    {
        public required decimal Revenue { get; init; }

        public required decimal Costed { get; init; }

        public required decimal Cost { get; init; }
    }

    private sealed class SpendRow
    {
        public required string Channel { get; init; }

        public required DateOnly Month { get; init; }

        public required decimal Amount { get; init; }
    }
}
