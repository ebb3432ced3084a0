using System.Text.Json;
using AmoLtv.Core.Forecasting.Customers;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Segmentation;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Valuing;

/// <summary>Numbers of the account, one row a run, and what was learned, one row a learning.</summary>
internal static class StoredValuationStore
{
    /// <summary>The newest; null before the first.</summary>
    public static async Task<StoredValuation?> FindAsync(NpgsqlConnection connection, AccountId account, CancellationToken cancellationToken)
    {
        var row = await connection.QueryFirstOrDefaultAsync<Row>(new CommandDefinition(
            """
            select value.run_id, value.as_of, (value.numbers ->> 'clientsEver')::int as clients, value.settings_version, value.rules_version, value.rates,
                   value.changed_since, value.totals, value.borders, value.cut_on, model.run_id as learned_run, model.as_of as learned_as_of, model.is_fixed, model.learned_at, model.chosen_at,
                   model.clients as learned_clients, model.parameters, model.refusal
            from account_values value
            left join account_models model on model.account_id = value.account_id and model.run_id = value.learned_run
            where value.account_id = @Account
            order by value.run_id desc
            limit 1
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        return row is null ? null : new StoredValuation(
            new RunId(row.RunId),
            row.AsOf,
            row.Clients,
            row.SettingsVersion,
            row.RulesVersion,
            Read<EstimatedRates>(row.Rates),
            row.ChangedSince,
            Read<ClientTotals>(row.Totals),
            Read<SegmentBorders>(row.Borders),
            row.CutOn,
            row.Learned());
    }

    /// <summary>
    /// The last words of a valuation's transaction: from here on it holds the account's row, and its run's lease cannot be renewed.
    /// </summary>
    /// <exception cref="RunFencedException">Another run took the account over meanwhile: one of a version whose claims do not wait for the fence.</exception>
    public static async Task SaveAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, RunContext run, RevaluedBase result, long generation, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into account_values (account_id, run_id, as_of, numbers, ladder, settings_version, rules_version, rates, learned_run,
                                        changed_since, totals, borders, cut_on, calculated_at)
            values (@Account, @Run, @AsOf, @Numbers::jsonb,
                    coalesce(@Ladder, (select ladder from account_values where account_id = @Account order by run_id desc limit 1)),
                    @SettingsVersion, @RulesVersion, @Rates::json, @LearnedRun, @ChangedSince, @Totals::json, @Borders::json, @CutOn, @Now)
            on conflict (account_id, run_id) do update set
                as_of = excluded.as_of, numbers = excluded.numbers, ladder = excluded.ladder, settings_version = excluded.settings_version,
                rules_version = excluded.rules_version,
                rates = excluded.rates, learned_run = excluded.learned_run, changed_since = excluded.changed_since,
                totals = excluded.totals, borders = excluded.borders, cut_on = excluded.cut_on, calculated_at = excluded.calculated_at
            """,
            new
            {
                Account = run.Account.Value,
                Run = run.Run.Value,
                result.Account.AsOf,
                Numbers = Write(result.Account),
                Ladder = result.Ladder?.Values.ToArray(),
                result.SettingsVersion,
                ResultDigest.RulesVersion,
                Rates = Write(result.Rates.Estimates),
                LearnedRun = result.Learned.Run.Value,
                result.ChangedSince,
                Totals = Write(result.Totals),
                Borders = Write(result.Borders),
                CutOn = result.Today,
                Now = now,
            },
            transaction,
            cancellationToken: cancellationToken));
        var shown = await connection.ExecuteAsync(new CommandDefinition(
            "update accounts set valued_at = @Now, generation = @generation where account_id = @Account and epoch = @Epoch",
            new { Account = run.Account.Value, run.Epoch, Now = now, generation },
            transaction,
            cancellationToken: cancellationToken));
        if (shown == 0)
        {
            throw RunFence.Replaced(run);
        }
    }

    public static Task SaveLearnedAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, RunContext run, LearnedBase learned, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            insert into account_models (account_id, run_id, as_of, is_fixed, learned_at, chosen_at, clients, parameters, backtest, refusal)
            values (@Account, @Run, @AsOf, @IsFixed, @LearnedAt, @ChosenAt, @Clients, @Parameters::json, @Backtest::json, @Refusal::json)
            on conflict (account_id, run_id) do update set
                as_of = excluded.as_of, is_fixed = excluded.is_fixed, learned_at = excluded.learned_at, chosen_at = excluded.chosen_at, clients = excluded.clients,
                parameters = excluded.parameters, backtest = excluded.backtest, refusal = excluded.refusal
            """,
            new
            {
                Account = run.Account.Value,
                Run = run.Run.Value,
                learned.AsOf,
                learned.IsFixed,
                learned.LearnedAt,
                learned.ChosenAt,
                learned.Clients,
                Parameters = Write(learned.Parameters),
                Backtest = Write(learned.Result.Backtest),
                Refusal = Write(learned.Result.Refusal),
            },
            transaction,
            cancellationToken: cancellationToken));

    private static string? Write<T>(T? value) => value is null ? null : JsonSerializer.Serialize(value, SettingsJson.Options);

    private static T? Read<T>(string? json)
        where T : class => json is null ? null : JsonSerializer.Deserialize<T>(json, SettingsJson.Options);

    private sealed class Row
    {
        public required long RunId { get; init; }

        public required DateOnly AsOf { get; init; }

        public required int Clients { get; init; }

        public int? SettingsVersion { get; init; }

        public required int RulesVersion { get; init; }

        public string? Rates { get; init; }

        public required int ChangedSince { get; init; }

        public string? Totals { get; init; }

        public string? Borders { get; init; }

        public DateOnly? CutOn { get; init; }

        public long? LearnedRun { get; init; }

        public DateOnly? LearnedAsOf { get; init; }

        public bool? IsFixed { get; init; }

        public DateTime? LearnedAt { get; init; }

        public DateTime? ChosenAt { get; init; }

        public int? LearnedClients { get; init; }

        public string? Parameters { get; init; }

        public string? Refusal { get; init; }

        public LearnedBase? Learned() => LearnedRun is { } run
            ? new LearnedBase(
                new RunId(run),
                LearnedAsOf!.Value,
                IsFixed!.Value,
                new DateTimeOffset(LearnedAt!.Value),
                new DateTimeOffset(ChosenAt!.Value),
                LearnedClients!.Value,
                new LearningResult(Read<ForecastParameters>(Parameters), Read<ForecastRefusal>(Refusal)))
            : null;
    }
}
