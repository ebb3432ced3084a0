using System.Text.Json;
using AmoLtv.Core.Forecasting.Customers;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Analytics.Answers;

/// <summary>Reads what was learned for the forecasts of clients.</summary>
internal sealed class LearnedForecastStore(NpgsqlDataSource database)
{
    /// <summary>The newest learning, with the newest report of a backtest; null where nothing was learned yet.</summary>
    public async Task<LearnedForecast?> FindAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            """
            select learned.as_of, learned.learned_at, learned.chosen_at, learned.clients, (learned.parameters -> 'choice')::text as choice,
                   learned.refusal::text as refusal, (
                       select tested.backtest::text from account_models tested
                       where tested.account_id = @Account and tested.backtest is not null and tested.run_id <= learned.run_id
                       order by tested.run_id desc limit 1) as backtest
            from account_models learned
            where learned.account_id = @Account
            order by learned.run_id desc limit 1
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        return row is null
            ? null
            : new LearnedForecast(
                row.AsOf, new DateTimeOffset(row.LearnedAt), new DateTimeOffset(row.ChosenAt), row.Clients,
                Read<StoredChoice>(row.Choice), Read<BacktestSummary>(row.Backtest), Read<ForecastRefusal>(row.Refusal));
    }

    private static T? Read<T>(string? json)
        where T : class => json is null ? null : JsonSerializer.Deserialize<T>(json, SettingsJson.Options);

    private sealed class Row
    {
        public required DateOnly AsOf { get; init; }

        public required DateTime LearnedAt { get; init; }

        public required DateTime ChosenAt { get; init; }

        public required int Clients { get; init; }

        public string? Choice { get; init; }

        public string? Refusal { get; init; }

        public string? Backtest { get; init; }
    }
}
