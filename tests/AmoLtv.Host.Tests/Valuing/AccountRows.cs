using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Syncing;
using AmoLtv.Host.Running;
using AmoLtv.Host.Settings;
using AmoLtv.Host.Valuing;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Tests.Valuing;

/// <summary>An account as the sync would have left it, and the valuation run over it.</summary>
internal sealed class AccountRows(NpgsqlDataSource database, FixedTime time)
{
    private static long _accounts = 7000;
    private long _runs;

    /// <summary>Another one for each test: one database serves a whole fixture.</summary>
    public AccountId Id { get; } = new(Interlocked.Increment(ref _accounts));

    public SettingsStore Settings { get; } = new(database, time);

    public static async Task<AccountRows> CreateAsync(string connectionString, FixedTime time, string currency = "RUB")
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        var rows = new AccountRows(NpgsqlDataSource.Create(connectionString), time);
        await rows.ExecuteAsync(
            """
            insert into accounts (account_id, base_uri, brand, currency, time_zone)
            values (@Account, 'https://acme.amocrm.ru', 'amocrm', @Currency, 'Europe/Moscow')
            """,
            new { Account = rows.Id.Value, Currency = currency });
        return rows;
    }

    public Task WinAsync(long lead, decimal? price, string? closed, long? company = null, long? contact = null, string? source = null) =>
        AddAsync(lead, 142, price, closed, company, contact, source);

    public Task AddAsync(
        long lead, long status, decimal? price, string? closed, long? company = null, long? contact = null, string? source = null,
        string fields = "{}", long pipeline = 1) =>
        ExecuteAsync(
            """
            insert into leads (account_id, lead_id, pipeline_id, status_id, price, company_id, main_contact_id,
                               created_at, updated_at, closed_at, fields, source)
            values (@Account, @Lead, @Pipeline, @Status, @Price, @Company, @Contact,
                    '2020-01-01', '2020-01-01', @Closed::timestamptz, @Fields::jsonb, @Source)
            """,
            new
            {
                Account = Id.Value,
                Lead = lead,
                Pipeline = pipeline,
                Status = status,
                Price = price,
                Company = company,
                Contact = contact,
                Closed = closed,
                Fields = fields,
                Source = source,
            });

    /// <summary>Changes settings, and says that a sync has read since what they need.</summary>
    public async Task SetAsync(Func<AccountSettings, AccountSettings> change)
    {
        var settings = (await Settings.ChangeAsync(Id, change, "test", null, CancellationToken.None)).Settings;
        await ExecuteAsync("delete from synced_fields where account_id = @Account; delete from stage_event_cursors where account_id = @Account");
        foreach (var entity in Enum.GetValues<EntityType>())
        {
            await ExecuteAsync(
                "insert into synced_fields select @Account, @Entity, unnest(@Fields)",
                new { Account = Id.Value, Entity = (short)entity, Fields = settings.UsedFieldIds(entity).Select(field => field.Value).ToArray() });
        }

        foreach (var stage in EventWindow.Stages(settings))
        {
            await ExecuteAsync(
                "insert into stage_event_cursors values (@Account, @Pipeline, @Status, '2026-11-21')",
                new { Account = Id.Value, Pipeline = stage.Pipeline.Value, Status = stage.Status.Value });
        }
    }

    /// <summary>A run of the recalculation alone, as the runner would start it.</summary>
    public async Task<IReadOnlyDictionary<string, long>> RecalculateAsync(DateOnly? asOf = null)
    {
        var epoch = await ScalarAsync<long>("update accounts set epoch = epoch + 1 where account_id = @Account returning epoch");
        return await RecalculateAsync(epoch, asOf);
    }

    public Task<IReadOnlyDictionary<string, long>> RecalculateAsync(long epoch, DateOnly? asOf = null)
    {
        var run = new RunContext(Id, new RunId(++_runs), epoch, asOf, new Progress<StepProgress>());
        return Step().RunAsync(run, CancellationToken.None);
    }

    /// <summary>Number of the run that comes next: rows changed before it carry it.</summary>
    public long NextRun => _runs + 1;

    /// <summary>The first half of a recalculation, as a process would leave it that ends in between.</summary>
    public async Task UpdateVerdictsAsync()
    {
        var epoch = await ScalarAsync<long>("update accounts set epoch = epoch + 1 where account_id = @Account returning epoch");
        var run = new RunContext(Id, new RunId(++_runs), epoch, null, new Progress<StepProgress>());
        var account = await new ValuedAccountStore(database, Settings).LoadAsync(run, CancellationToken.None);
        await using var connection = await database.OpenConnectionAsync();
        var before = await StoredValuationStore.FindAsync(connection, Id, CancellationToken.None);
        await Verdicts().RunAsync(run, account, before, Core.Purchases.AccountDays.DayOf(time.Now, account.Zone), CancellationToken.None);
    }

    /// <summary>What is large; the product's own unless a test says otherwise.</summary>
    public ValuingOptions Options { get; } = new();

    public RecalculateStep Step()
    {
        var options = Microsoft.Extensions.Options.Options.Create(Options);
        var relearning = new Relearning(time);
        return new(
            database,
            new ValuedAccountStore(database, Settings),
            new ReadValuesStore(database),
            Verdicts(),
            new RevaluationReader(database, Settings, relearning, options),
            relearning,
            new RunMemory(Microsoft.Extensions.Options.Options.Create(new RunningOptions())),
            options,
            time);
    }

    private VerdictUpdate Verdicts() => new(database, new LeadStore(database), Microsoft.Extensions.Options.Options.Create(Options));

    public async Task<int> ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await database.OpenConnectionAsync();
        return await connection.ExecuteAsync(sql, parameters ?? new { Account = Id.Value });
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await database.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql, new { Account = Id.Value }))!;
    }

    public async Task<List<T>> QueryAsync<T>(string sql)
    {
        await using var connection = await database.OpenConnectionAsync();
        return [.. await connection.QueryAsync<T>(sql, new { Account = Id.Value })];
    }

    /// <summary>Everything that is in force but how it came about, as text: equal texts are equal results.</summary>
    public async Task<string> ResultsAsync() => string.Join('\n', await QueryAsync<string>(
        """
        select (to_jsonb(value) - '{from_run, generation, ltv_before, by_purchases, by_settings, by_model, by_ageing}'::text[])::text from customer_values value where account_id = @Account order by 1
        """));
}
