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
        var row = await connection.QuerySingleOrDefaultAsync<(string Brand, string Zone, DateTime? ValuedAt, string? Basis)>(new CommandDefinition(
            """
            select a.brand, a.time_zone, a.valued_at,
                   (select v.numbers ->> 'basis' from account_values v where v.account_id = a.account_id order by v.run_id desc limit 1)
            from accounts a
            where a.account_id = @Account
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        return row.ValuedAt is { } valued && Enum.TryParse<Basis>(row.Basis, ignoreCase: true, out var basis)
            ? new OutputAccount(TimeZoneInfo.FindSystemTimeZoneById(row.Zone), basis, row.Brand == "kommo", new DateTimeOffset(valued))
            : null;
    }

    /// <summary>Targets of one kind of card in ascending order of id, cards in the trash left out.</summary>
    /// <param name="account">The account.</param>
    /// <param name="entity">Company or contact.</param>
    /// <param name="ids">Only these; null: all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<CardTarget> ReadAsync(
        AccountId account, EntityType entity, long[]? ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A contact is valued by all its purchases, but has its place in the base only by those without a company.
        var (table, key, scope, place) = entity == EntityType.Company
            ? ("companies", "company_id", CustomerScope.Company, CustomerScope.Company)
            : ("contacts", "contact_id", CustomerScope.Contact, CustomerScope.DirectContact);
        var sql =
            $"""
            select e.{key} as Id, e.fields::text as Held, v.ltv, v.historical_ltv as Bought, v.average_order_value as AverageOrderValue,
                   v.purchases, v.purchases_per_year as PurchasesPerYear, v.first_purchase as FirstPurchase, v.last_purchase as LastPurchase,
                   v.expected_value as Expected, v.next_purchase as NextPurchase, v.repeat_probability as RepeatProbability,
                   place.tier, place.rfm_group as RfmGroup, place.lifecycle, v.ltv_to_cac as LtvToCac
            from {table} e
            left join customer_values v
                on v.account_id = e.account_id and v.scope = @Scope and v.customer_id = e.{key} and v.to_run is null
            left join customer_values place
                on place.account_id = e.account_id and place.scope = @Place and place.customer_id = e.{key} and place.to_run is null
            where e.account_id = @Account and not e.is_deleted and (@ids::bigint[] is null or e.{key} = any(@ids))
            order by e.{key}
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = connection.QueryUnbufferedAsync<Row>(sql, new { Account = account.Value, Scope = (short)scope, Place = (short)place, ids });
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
