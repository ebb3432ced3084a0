using AmoLtv.Core.Identity;
using AmoLtv.Host.Callers;
using AmoLtv.Host.Database;
using AmoLtv.Host.Settings;
using Dapper;

namespace AmoLtv.Host.Cards;

/// <summary>SQL of the card: each question is one lookup by key, and a whole card is one way to the database and back.</summary>
public sealed class CardStore(InteractivePool pool, SettingsStore settings)
{
    /// <summary>What a card stands for: equal as long as nothing it shows to this caller has changed. Five lookups by key.</summary>
    private const string VersionSql =
        """
        select concat_ws('-', @Scope, @Id, n.run_id, (extract(epoch from n.calculated_at) * 1000)::bigint, a.generation, v.from_run,
                         coalesce(s.version, 0), a.currency, r.remark_id, (extract(epoch from r.resolved_at) * 1000)::bigint, md5(r.answer),
                         @IsAnalyst::int,
                         exists (select 1 from grants g where g.account_id = a.account_id and g.status = 'connected')::int)
        from accounts a
        left join lateral (
            select run_id, calculated_at from account_values n
            where n.account_id = a.account_id
            order by run_id desc
            limit 1) n on true
        left join lateral (
            select version from settings_versions s
            where s.account_id = a.account_id
            order by version desc
            limit 1) s on true
        left join lateral (
            select remark_id, resolved_at, answer from remarks r
            where r.account_id = a.account_id and r.scope = @Scope and r.customer_id = @Id and r.user_id = @User
            order by remark_id desc
            limit 1) r on true
        left join customer_values v
            on v.account_id = a.account_id and v.scope = @Scope and v.customer_id = @Id
        where a.account_id = @Account
        """;

    private const string RowSql =
        """
        select a.currency, a.currency_symbol, n.settings_version,
               exists (select 1 from grants g where g.account_id = a.account_id and g.status = 'connected') as is_connected,
               n.as_of, n.calculated_at, n.numbers ->> 'basis' as basis, n.numbers -> 'lifetime' ->> 'source' as lifetime_source,
               v.purchases, v.historical_ltv, v.average_order_value, v.purchases_per_year, v.lifetime_years,
               v.ltv, v.ltv_kind, v.is_floored, v.no_formula_reason, v.first_purchase, v.last_purchase,
               v.expected_purchases, v.repeat_probability, v.expected_value, v.value_low, v.value_high, v.value_or_none,
               v.value_probability, v.next_purchase, v.typical_gap_days, v.gap_source, v.estimated_costs,
               v.ltv_before, v.by_purchases, v.by_settings, v.by_model, v.by_ageing,
               (select calculated_at from account_values c where c.account_id = a.account_id and c.run_id = v.from_run) as changed_at,
               place.lifecycle, place.cac, place.ltv_to_cac, place.payback_months, place.tier,
               a.unreadable_leads, (m.parameters ->> 'firstDay')::int as first_day, m.refusal,
               case when v.repeat_probability is not null then (
                   select tested.backtest ->> 'grades' from account_models tested
                   where tested.account_id = a.account_id and tested.run_id <= n.learned_run and tested.backtest is not null
                   order by tested.run_id desc
                   limit 1) end as grades,
               case when place.tier is not null and cardinality(n.ladder) > 0 then
                   100.0 * least(cardinality(n.ladder), 1 + (select count(*) from unnest(n.ladder) step where step > coalesce(place.ltv, 0)))
                       / cardinality(n.ladder) end as top_percent
        from accounts a
        left join lateral (
            select as_of, calculated_at, numbers, ladder, learned_run, settings_version from account_values n
            where n.account_id = a.account_id
            order by run_id desc
            limit 1) n on true
        left join lateral (
            select parameters, refusal from account_models m
            where m.account_id = a.account_id and (m.run_id = n.learned_run or n.learned_run is null)
            order by m.run_id desc
            limit 1) m on true
        left join customer_values v
            on v.account_id = a.account_id and v.scope = @Scope and v.customer_id = @Id
        left join customer_values place
            on place.account_id = a.account_id and place.scope = @ClientScope and place.customer_id = @Id
        where a.account_id = @Account
        """;

    private static readonly string WholeSql = string.Join(";\n", VersionSql, RowSql, CardLeadStore.DetailSql);

    /// <summary>The customer of a stored lead; null where the lead is not stored yet.</summary>
    public async Task<(long? Company, long? MainContact)?> FindLeadAsync(AccountId account, long lead, CancellationToken cancellationToken)
    {
        await using var connection = await pool.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<(long?, long?)?>(new CommandDefinition(
            "select company_id, main_contact_id from leads where account_id = @Account and lead_id = @lead and not is_deleted",
            new { Account = account.Value, lead },
            cancellationToken: cancellationToken));
    }

    /// <summary>What the card of a customer stands for now.</summary>
    public async Task<string> VersionAsync(Caller caller, CardCustomer customer, CancellationToken cancellationToken)
    {
        await using var connection = await pool.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<string>(new CommandDefinition(VersionSql, ParametersOf(caller, customer), cancellationToken: cancellationToken));
    }

    /// <summary>Everything a card shows.</summary>
    public async Task<StoredCard> ReadAsync(Caller caller, CardCustomer customer, CancellationToken cancellationToken)
    {
        await using var connection = await pool.OpenConnectionAsync(cancellationToken);
        await using var whole = await connection.QueryMultipleAsync(new CommandDefinition(WholeSql, ParametersOf(caller, customer), cancellationToken: cancellationToken));
        var version = await whole.ReadSingleAsync<string>();
        var row = await whole.ReadSingleAsync<CardRow>();
        var detail = await CardLeadStore.ReadDetailAsync(whole);
        var saved = await settings.GetAsync(connection, caller.Account, row.SettingsVersion, cancellationToken);
        return new StoredCard(version, row, detail, saved.Settings);
    }

    private static object ParametersOf(Caller caller, CardCustomer customer) => new
    {
        Account = caller.Account.Value,
        User = caller.User.Value,
        caller.IsAnalyst,
        customer.Id,
        Scope = (short)customer.Scope,
        ClientScope = (short)customer.ClientScope,
        IsCompany = customer.Scope == CustomerScope.Company,
    };
}
