using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AmoLtv.Core.Evaluation;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using AmoLtv.Host.Analytics;
using AmoLtv.Host.Database;
using AmoLtv.Host.Running;
using AmoLtv.Host.Settings;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AmoLtv.Benchmarks;

/// <summary>An account as its valuation would have left it, ten leads a company: eight won, two lost, over seven years; two of five hundred products on four of five leads.</summary>
internal sealed class AnalysedAccount(NpgsqlDataSource database, int leads)
{
    private static readonly DateOnly AsOf = new(2026, 1, 1);

    public static async Task<AnalysedAccount> CreateAsync(string connectionString, int leads)
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        var database = NpgsqlDataSource.Create(connectionString);
        await new Migrator(database, NullLogger<Migrator>.Instance).MigrateAsync(CancellationToken.None);
        await using var connection = await database.OpenConnectionAsync();
        var numbers = AccountReport.Of([], LeadTotals.Of([]), new AccountSettings(), AsOf, []).Account;
        await connection.ExecuteAsync(new CommandDefinition(
            SeedSql,
            new { Account = (long)leads, Leads = leads, AsOf, Numbers = JsonSerializer.Serialize(numbers, SettingsJson.Options) },
            commandTimeout: 600));
        return new AnalysedAccount(database, leads);
    }

    /// <returns>Milliseconds of the whole step, and of keeping what was found; how far each analysis is goes to standard error.</returns>
    public async Task<(double Whole, double Keeping)> AnalyseAsync()
    {
        await using var services = new ServiceCollection()
            .AddLogging().AddSingleton(TimeProvider.System).AddSingleton(database).AddSingleton<SettingsStore>().AddSingleton<RunMemory>().AddAnalytics()
            .BuildServiceProvider();
        var began = Stopwatch.GetTimestamp();
        var progress = new SpokenProgress(began);
        var run = new RunContext(new AccountId(leads), new RunId(1), 0, null, progress);
        await services.GetServices<IRunStep>().Single().RunAsync(run, CancellationToken.None);
        var whole = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return (whole, whole - progress.LastButOne);
    }

    /// <summary>One client in a hundred buys for more than was known.</summary>
    public async Task ChangeAsync()
    {
        await using var connection = await database.OpenConnectionAsync();
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update lead_verdicts set amount = amount + 1 where account_id = @Account and kind = 1 and company_id % 100 = 5;
            update customer_results set revenue = revenue + 1, ltv = ltv + 1, historical_ltv = historical_ltv + 1
            where account_id = @Account and scope = 1 and customer_id % 100 = 5;
            """,
            new { Account = (long)leads },
            commandTimeout: 600));
    }

    private const string SeedSql =
        """
        select setseed(0.5);
        insert into accounts (account_id, base_uri, brand, currency) values (@Account, 'https://bench.amocrm.ru', 'amocrm', 'RUB');
        insert into companies (account_id, company_id, responsible_user_id, created_at, updated_at)
        select @Account, company, company % 40, '2019-01-01', '2019-01-01' from generate_series(1, @Leads / 10) company;
        insert into leads (account_id, lead_id, pipeline_id, status_id, price, company_id, responsible_user_id, loss_reason_id,
                           created_at, updated_at, closed_at, products)
        select @Account, lead, 10 + lead % 3, case when lead % 5 = 0 then 143 else 142 end, round((1000 * exp(3 * random()))::numeric, 2),
               1 + lead % (@Leads / 10), lead % 40, case when lead % 5 = 0 then lead % 7 end, closed, closed, closed,
               case when lead % 10 < 8 then jsonb_build_array(
                   jsonb_build_array(7, 1 + lead * 31 % 400, 1 + lead % 3, null), jsonb_build_array(7, 401 + (lead / 9 + lead % 13) % 100, 1, null)) end
        from (select lead, timestamptz '2019-01-01 12:00Z' + power(random(), 0.7) * interval '2550 days' as closed
              from generate_series(1, @Leads) lead) made;
        insert into catalog_readings values (@Account, now(), 'found');
        insert into catalogs values (@Account, 7, 'Products', 'products', true);
        insert into products (account_id, catalog_id, element_id, name, price) select @Account, 7, element, 'Product ' || element, 100 + element from generate_series(1, 500) element;
        insert into lead_losses (account_id, lead_id, pipeline_id, status_id, lost_at)
        select account_id, lead_id, pipeline_id, 300 + lead_id % 8, closed_at from leads where account_id = @Account and status_id = 143;
        insert into lead_verdicts (account_id, lead_id, kind, purchase_day, amount, company_id, channel)
        select account_id, lead_id, 1, closed_at::date, price, company_id, 'channel ' || company_id % 9
        from leads where account_id = @Account and status_id = 142;
        insert into customer_results (
            account_id, scope, customer_id, from_run, purchases, revenue, credit_notes, estimated_costs, historical_ltv, purchases_per_year,
            lifetime_years, ltv, ltv_kind, is_floored, first_purchase, last_purchase, typical_gap_days, gap_source, is_lost, channel,
            tier, rfm_group, lifecycle, expected_value)
        select @Account, 1, company_id, 1, count(*), sum(amount), 0, 0, sum(amount), count(*) / 7.0, 5, sum(amount), 'historical', false,
               min(purchase_day), max(purchase_day), 90, 'own', false, min(channel), 'B', 'loyal', 'active', 100
        from lead_verdicts where account_id = @Account group by company_id;
        insert into account_values (account_id, run_id, as_of, numbers, calculated_at) values (@Account, 1, @AsOf, @Numbers::jsonb, now());
        analyze;
        """;

    private sealed class SpokenProgress(long began) : IProgress<StepProgress>
    {
        private double _last;

        /// <summary>When the step began to keep what it had found: its last report but one, in milliseconds.</summary>
        public double LastButOne { get; private set; }

        public void Report(StepProgress value)
        {
            (LastButOne, _last) = (_last, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_last,8:0} ms  {GC.GetTotalMemory(false) / 1048576.0,5:0} MB  {value.Note}"));
        }
    }
}
