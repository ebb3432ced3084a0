using System.Runtime.CompilerServices;
using System.Text.Json;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Segmentation;
using AmoLtv.Core.Valuation;
using AmoLtv.Core.WritingBack;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.WritingBack;

/// <summary>What the fields of companies and contacts have to hold, and what the CRM held when it was last read.</summary>
public sealed class TargetStore(NpgsqlDataSource database)
{
    /// <returns>Null where the account was not valued yet: then nothing may be written, and nothing emptied.</returns>
    public async Task<OutputAccount?> FindAccountAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<(bool IsEnglish, string Zone, DateTime? ValuedAt, string? Basis)>(new CommandDefinition(
            """
            select coalesce(l.language = 'en', a.brand = 'kommo'), a.time_zone, a.valued_at,
                   (select v.numbers ->> 'basis' from account_values v where v.account_id = a.account_id order by v.run_id desc limit 1)
            from accounts a
            left join account_languages l on l.account_id = a.account_id
            where a.account_id = @Account
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        return row.ValuedAt is { } valued && Enum.TryParse<Basis>(row.Basis, ignoreCase: true, out var basis)
            ? new OutputAccount(TimeZoneInfo.FindSystemTimeZoneById(row.Zone), basis, row.IsEnglish, new DateTimeOffset(valued))
            : null;
    }

    /// <summary>Targets of one kind of card in ascending order of id, cards in the trash left out, and of leads those that are closed.</summary>
    /// <param name="account">The account.</param>
    /// <param name="entity">The kind of card; a lead has the numbers of its company, else of its main contact.</param>
    /// <param name="ids">Only these; null: all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<CardTarget> ReadAsync(
        AccountId account, EntityType entity, long[]? ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A contact is valued by all its purchases, but has its place in the base only by those without a company.
        // Leads are filtered in a pipeline while they are open; a closed one keeps what it had.
        var (key, from, condition) = entity switch
        {
            EntityType.Company => ("company_id", "(select *, company_id as customer_id, 1 as scope, 1 as place_scope from companies)", "true"),
            EntityType.Contact => ("contact_id", "(select *, contact_id as customer_id, 2 as scope, 3 as place_scope from contacts)", "true"),
            _ => (
                "lead_id",
                """
                (select *, coalesce(company_id, main_contact_id) as customer_id,
                        case when company_id is null then 2 else 1 end as scope, case when company_id is null then 3 else 1 end as place_scope
                 from leads)
                """,
                "e.status_id not in (142, 143)"),
        };
        var sql =
            $"""
            select e.{key} as Id, e.fields::text as Held, v.ltv, v.historical_ltv as Bought, v.average_order_value as AverageOrderValue,
                   v.purchases, v.purchases_per_year as PurchasesPerYear, v.first_purchase as FirstPurchase, v.last_purchase as LastPurchase,
                   v.expected_value as Expected, v.next_purchase as NextPurchase, v.repeat_probability as RepeatProbability,
                   place.tier, place.rfm_group as RfmGroup, place.lifecycle, v.ltv_to_cac as LtvToCac
            from {from} e
            left join customer_values v
                on v.account_id = e.account_id and v.scope = e.scope and v.customer_id = e.customer_id
            left join customer_values place
                on place.account_id = e.account_id and place.scope = e.place_scope and place.customer_id = e.customer_id
            where e.account_id = @Account and not e.is_deleted and (@ids::bigint[] is null or e.{key} = any(@ids)) and {condition}
            order by e.{key}
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = connection.QueryUnbufferedAsync<Row>(sql, new { Account = account.Value, ids });
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            yield return new CardTarget(row.Id, row.Outputs(), Fields(row.Held));
        }
    }

    private static Dictionary<FieldId, string> Fields(string json) =>
        (JsonSerializer.Deserialize<Dictionary<long, string?>>(json) ?? [])
        .Where(field => field.Value is not null)
        .ToDictionary(field => new FieldId(field.Key), field => field.Value!);

    private sealed class Row
    {
        public required long Id { get; init; }

        public required string Held { get; init; }

        public decimal? Ltv { get; init; }

        public decimal? Bought { get; init; }

        public decimal? AverageOrderValue { get; init; }

        public int? Purchases { get; init; }

        public double? PurchasesPerYear { get; init; }

        public DateOnly? FirstPurchase { get; init; }

        public DateOnly? LastPurchase { get; init; }

        public string? Tier { get; init; }

        public double? LtvToCac { get; init; }

        public decimal? Expected { get; init; }

        public DateOnly? NextPurchase { get; init; }

        public double? RepeatProbability { get; init; }

        public string? RfmGroup { get; init; }

        public string? Lifecycle { get; init; }

        public CustomerOutputs? Outputs() => Purchases is { } purchases
            ? new CustomerOutputs(
                Ltv, Bought ?? 0, AverageOrderValue, purchases, PurchasesPerYear, FirstPurchase, LastPurchase, Tier, LtvToCac,
                Expected, NextPurchase, RepeatProbability, Named<RfmGroup>(RfmGroup), Named<LifecycleState>(Lifecycle))
            : null;

        /// <summary>Codes of segments are the names of the values, in camel case.</summary>
        private static TEnum? Named<TEnum>(string? code)
            where TEnum : struct, Enum => code is null ? null : Enum.Parse<TEnum>(code, ignoreCase: true);
    }
}
