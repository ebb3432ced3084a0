using System.Net;
using AmoLtv.Host.Running;
using AmoLtv.Host.Tests.Callers;
using AmoLtv.Sandbox;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Tests.Analytics;

/// <summary>An analysed account of thirty thousand leads: enough for the database to choose an index where one serves.</summary>
internal sealed class LargeAccount : IAsyncDisposable
{
    private readonly string _token;
    private readonly HashSet<int> _held = [];

    private LargeAccount(HostServer server, string token) => (Server, _token) = (server, token);

    public HostServer Server { get; }

    public static async Task<LargeAccount> StartAsync()
    {
        var server = await HostServer.StartAsync(new SandboxOptions { Companies = 12, Leads = 60, Months = 4 });
        await server.InstallAsync();
        await server.RunAsync(RunSteps.Sync, RunSteps.Recalculate);
        var account = new LargeAccount(server, await PageSession.PageTokenAsync(server, PageSession.Admin(server)));
        await account.ExecuteAsync(SeedSql);
        await server.RunAsync(RunSteps.Analyse);
        await account.ExecuteAsync("vacuum analyze");
        return account;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await Server.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, new { Account = Server.Account.Value });
    }

    /// <summary>Asks as an administrator of the pages.</summary>
    public async Task<HttpResponseMessage> AskAsync(string path, string? tag = null)
    {
        for (; ; await Task.Delay(100))
        {
            var answer = await PageSession.SendAsync(Server, HttpMethod.Get, path, _token, null, tag is null ? [] : [("If-None-Match", tag)]);
            if (answer.StatusCode != HttpStatusCode.TooManyRequests)
            {
                return answer;
            }

            answer.Dispose();
        }
    }

    /// <summary>How often each table was read from end to end, and each index looked into, by all sessions that are over.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountersAsync()
    {
        await using var counting = NpgsqlDataSource.Create(Server.Database.ConnectionString + ";Pooling=false");
        await using var reading = await counting.OpenConnectionAsync();
        await EndSessionsAsync(reading);
        return (await reading.QueryAsync<(string Name, long Count)>(
            """
            select relname, coalesce(seq_scan, 0) from pg_stat_user_tables
            union all
            select parent.relname || ' index', sum(used.idx_scan)::bigint
            from pg_stat_user_indexes used
            join pg_inherits child on child.inhrelid = used.indexrelid
            join pg_class parent on parent.oid = child.inhparent
            group by parent.relname
            """)).ToDictionary(row => row.Name, row => row.Count, StringComparer.Ordinal);
    }

    /// <summary>Sessions tell what they did when they end. The service holds some for itself all the time: they answer nobody.</summary>
    private async Task EndSessionsAsync(NpgsqlConnection connection)
    {
        var now = await connection.ExecuteScalarAsync<DateTime>("select clock_timestamp()");
        Server.Database.Clear();
        for (var look = 0; look < 60; look++)
        {
            var left = (await connection.QueryAsync<int>(
                """
                select pid from pg_stat_activity
                where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid() and backend_start < @now
                """,
                new { now })).Where(session => !_held.Contains(session)).ToList();
            if (left.Count == 0)
            {
                return;
            }

            await Task.Delay(50);
            if (look == 59)
            {
                _held.UnionWith(left);
            }
        }
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private const string SeedSql =
        """
        insert into companies (account_id, company_id, responsible_user_id, created_at, updated_at, name)
        select @Account, 900000000 + company, company % 40, '2019-01-01', '2019-01-01', 'Company ' || company from generate_series(1, 3000) company;
        insert into leads (account_id, lead_id, pipeline_id, status_id, price, company_id, responsible_user_id, created_at, updated_at, closed_at)
        select @Account, 900000000 + lead, 10, case when lead % 5 = 0 then 143 else 142 end, 100 + lead % 900, 900000000 + 1 + lead % 3000, lead % 40,
               closed, closed, closed
        from (select lead, now() - interval '2 days' - lead * interval '1 hour' as closed from generate_series(1, 30000) lead) made;
        insert into lead_losses (account_id, lead_id, pipeline_id, status_id, lost_at)
        select account_id, lead_id, 10, 300, closed_at from leads where account_id = @Account and status_id = 143 and lead_id > 900000000;
        insert into lead_verdicts (account_id, lead_id, kind, reason, purchase_day, amount, company_id, is_in_period, channel)
        select account_id, lead_id, case when lead_id % 50 = 1 then 0 else 1 end,
               case when lead_id % 50 = 1 then (array['noAmount', 'noDate', 'noCustomer', 'otherPipeline', 'returned', 'excludedByHand'])[1 + lead_id / 50 % 6] end,
               closed_at::date, price, case when lead_id % 97 > 0 then company_id end, lead_id % 50 <> 1, 'channel ' || company_id % 9
        from leads where account_id = @Account and status_id = 142 and lead_id > 900000000;
        update lead_verdicts set contact_id = 1 where account_id = @Account and company_id is null and contact_id is null;
        update lead_verdicts set cost = 1 where account_id = @Account and lead_id % 301 > 0;
        insert into customer_results (
            account_id, generation, scope, customer_id, from_run, purchases, revenue, credit_notes, estimated_costs, historical_ltv, purchases_per_year,
            lifetime_years, ltv, ltv_kind, is_floored, first_purchase, last_purchase, typical_gap_days, gap_source, is_lost, channel,
            tier, rfm_recency, rfm_frequency, rfm_monetary, rfm_group, lifecycle, expected_value)
        select verdict.account_id, account.generation, 1, company_id, 1, count(*), sum(amount), 0, 0, sum(amount), count(*) / 4.0, 5, sum(amount), 'historical', false,
               min(purchase_day), max(purchase_day), 90, 'own', false, min(channel), 'B', 3, 3, 3, 'loyal', 'active', 100
        from lead_verdicts verdict
        join accounts account on account.account_id = verdict.account_id
        where verdict.account_id = @Account and kind = 1 and company_id > 900000000
        group by 1, 2, 4;
        delete from verdict_totals where account_id = @Account;
        insert into verdict_totals (account_id, kind, reason, leads, amount, leads_with_contact, amount_with_contact,
                                    leads_without_company, amount_without_company, leads_without_cost, amount_without_cost)
        select account_id, kind, coalesce(reason, ''), count(*), coalesce(sum(amount), 0), 0, 0,
               count(*) filter (where company_id is null), coalesce(sum(amount) filter (where company_id is null), 0),
               count(*) filter (where cost is null), coalesce(sum(amount) filter (where cost is null), 0)
        from lead_verdicts where account_id = @Account group by 1, 2, 3;
        insert into runs (account_id, run_id, cause, steps, status, started_at, finished_at, epoch) overriding system value
        select @Account, 900000 + run, 'schedule', array['write-back'], 'finished', now(), now(), 0 from generate_series(1, 3) run;
        insert into runs (account_id, run_id, cause, steps, status, started_at, finished_at, epoch) overriding system value
        select @Account, 100000 + run, 'change', array['sync', 'recalculate', 'write-back'], 'finished', began, began, 0
        from (select run, now() - interval '300 days' + run * interval '15 minutes' as began from generate_series(1, 20000) run) made;
        insert into run_steps (account_id, run_id, step, status, started_at, finished_at)
        select account_id, run_id, step, 'finished', started_at, finished_at from runs, unnest(steps) step where account_id = @Account and run_id between 100001 and 120000;
        insert into field_writes (account_id, run_id, entity_type, entity_id, field_id, before, after, status)
        select @Account, 900001, 3, card, 7, '1', '2', 'failed' from generate_series(1, 1000) card
        union all select @Account, 900003, 3, card, 7, '1', '2', 'planned' from generate_series(1, 20000) card
        union all select @Account, 900002, 3, card, 7, '1', '2', case when card % 1000 = 1 then 'confirmed' else 'failed' end from generate_series(1, 20000) card;
        analyze;
        """;
}
