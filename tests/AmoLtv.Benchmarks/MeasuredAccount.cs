using System.Diagnostics;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Database;
using AmoLtv.Host.Running;
using AmoLtv.Host.Settings;
using AmoLtv.Host.Valuing;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AmoLtv.Benchmarks;

/// <summary>An account with won leads of companies that buy often or seldom, and its recalculations one after another.</summary>
internal sealed class MeasuredAccount(NpgsqlDataSource database, int leads)
{
    private const int Repeats = 3;

    private readonly MovedTime _time = new() { Now = new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero) };
    private long _runs;

    public static async Task<MeasuredAccount> CreateAsync(string connectionString, int leads)
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        var database = NpgsqlDataSource.Create(connectionString + ";Command Timeout=900");
        await new Migrator(database, NullLogger<Migrator>.Instance).MigrateAsync(CancellationToken.None);
        var account = new MeasuredAccount(database, leads);
        await account.SeedAsync();
        return account;
    }

    public async Task<RecalculationTimes> MeasureAsync()
    {
        var first = await RecalculateAsync();
        await ExecuteAsync("vacuum analyze");
        var bare = await LeastAsync(() => ExecuteAsync(
            """
            select count(*) from (
                select company_id, count(*), sum(price), min(closed_at), max(closed_at)
                from leads where account_id = @Account and status_id = 142
                group by company_id) company
            """));
        var whole = await LeastAsync(NextMonthAsync);
        await ChangeAsync(0.001);
        _time.Now = _time.Now.AddDays(10);
        var chosen = await RecalculateAsync();
        var refitted = await LeastAsync(async () =>
        {
            await ChangeAsync(0.06);
            return await RecalculateAsync();
        });
        var part = await LeastAsync(async () =>
        {
            await ChangeAsync(0.01);
            return await RecalculateAsync();
        });
        return new RecalculationTimes(bare, whole, refitted, part, chosen, first);
    }

    private static async Task<double> LeastAsync(Func<Task<double>> measure)
    {
        var least = double.PositiveInfinity;
        for (var i = 0; i < Repeats; i++)
        {
            least = Math.Min(least, await measure());
        }

        return least;
    }

    private Task<double> NextMonthAsync()
    {
        _time.Now = _time.Now.AddMonths(1);
        return RecalculateAsync();
    }

    private async Task<double> RecalculateAsync()
    {
        var epoch = await ScalarAsync("update accounts set epoch = epoch + 1 where account_id = @Account returning epoch");
        var run = new RunContext(new AccountId(leads), new RunId(++_runs), epoch, null, new Progress<StepProgress>());
        var began = Stopwatch.GetTimestamp();
        var counts = await Step().RunAsync(run, CancellationToken.None);
        var elapsed = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        await Console.Error.WriteLineAsync($"run {run.Run}: {elapsed:0} ms, {counts["changed"]} changed");
        return elapsed;
    }

    private RecalculateStep Step()
    {
        var options = Options.Create(new ValuingOptions { LargeBaseClients = Math.Min(20_000, leads / 20) });
        var settings = new SettingsStore(database, _time);
        var relearning = new Relearning(_time);
        return new(
            database,
            new ValuedAccountStore(database, settings),
            new ReadValuesStore(database),
            new VerdictUpdate(database, new LeadStore(database), options),
            new RevaluationReader(database, settings, relearning, options),
            relearning,
            new RunMemory(Options.Create(new RunningOptions())),
            options,
            _time);
    }

    private Task<double> SeedAsync() => ExecuteAsync(
        """
        select setseed(0.5);
        insert into accounts (account_id, base_uri, brand, currency) values (@Account, 'https://bench.amocrm.ru', 'amocrm', 'RUB');
        insert into leads (account_id, lead_id, pipeline_id, status_id, price, company_id, responsible_user_id, created_at, updated_at, closed_at)
        select @Account, lead, 10, 142, round((1000 * exp(3 * random()))::numeric, 2), company, 5, closed, closed, closed
        from (
            select lead, company, timestamptz '2019-01-01 12:00Z' + power(random(), 0.7) * interval '2550 days' as closed
            from (
                select lead, case when lead <= @Leads / 10 then lead else 1 + floor(power(random(), 2) * @Leads / 10)::bigint end as company
                from generate_series(1, @Leads) lead) owned
        ) won;
        vacuum analyze leads;
        """);

    private Task<double> ChangeAsync(double share) => ExecuteAsync(
        """
        update leads set price = price + 1, changed_run = @Run
        where account_id = @Account and lead_id in (
            select lead_id from generate_series(1, (@Share * @Leads / 10)::bigint) part
            cross join lateral (select 1 + (part * 7919 + @Run * 104729) % (@Leads / 10) as lead_id) one)
        """,
        share);

    private async Task<double> ExecuteAsync(string sql, double share = 0)
    {
        await using var connection = await database.OpenConnectionAsync();
        var began = Stopwatch.GetTimestamp();
        foreach (var statement in sql.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            await connection.ExecuteAsync(new CommandDefinition(
                statement, new { Account = (long)leads, Leads = leads, Share = share, Run = _runs + 1 }, commandTimeout: 600));
        }

        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private async Task<long> ScalarAsync(string sql)
    {
        await using var connection = await database.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>(sql, new { Account = (long)leads });
    }

    private sealed class MovedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
