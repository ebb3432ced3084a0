using Dapper;

namespace AmoLtv.Host.Tests.Browser;

/// <summary>What the database says about the customers whose cards are opened.</summary>
internal static class ValuedCustomers
{
    /// <summary>The account's most valuable company and its headline.</summary>
    public static Task<(long Id, decimal Ltv)> CompanyAsync() => QueryAsync("""
        select customer_id, ltv from customer_values
        where scope = 1 and ltv is not null
        order by ltv desc, customer_id limit 1
        """);

    /// <summary>The most valuable company whose headline is the formula's own number, without a note or a cost of acquisition.</summary>
    public static Task<(long Id, decimal Ltv)> PlainCompanyAsync() => QueryAsync("""
        select customer_id, ltv from customer_values
        where scope = 1 and ltv is not null and not is_floored and cac is null
        order by ltv desc, customer_id limit 1
        """);

    /// <summary>A company whose headline is what it bought, because the formula gives less.</summary>
    public static Task<(long Id, decimal Ltv)> FlooredCompanyAsync() => QueryAsync("""
        select customer_id, historical_ltv from customer_values
        where scope = 1 and is_floored
        order by ltv desc, customer_id limit 1
        """);

    /// <summary>A valued contact: of a company, or a client itself.</summary>
    public static Task<(long Id, decimal Ltv)> ContactAsync() => QueryAsync("""
        select customer_id, ltv from customer_values
        where scope = 2 and ltv is not null
        order by ltv desc, customer_id limit 1
        """);

    /// <summary>A lead of a valued company, and the company's headline.</summary>
    public static Task<(long Id, decimal Ltv)> LeadAsync() => QueryAsync("""
        select l.lead_id, v.ltv
        from leads l
        join customer_values v on v.account_id = l.account_id and v.scope = 1 and v.customer_id = l.company_id
        where v.ltv is not null
        order by v.ltv desc, l.lead_id limit 1
        """);

    /// <summary>A company without a counted purchase.</summary>
    public static async Task<long> NewCompanyAsync()
    {
        await using var connection = await CardStage.Database.OpenConnectionAsync();
        return await connection.QueryFirstAsync<long>("""
            select c.company_id from companies c
            where not exists (select 1 from customer_values v
                              where v.account_id = c.account_id and v.scope = 1 and v.customer_id = c.company_id and v.purchases > 0)
            order by c.company_id limit 1
            """);
    }

    /// <summary>The most valuable company whose acquisition cost is known.</summary>
    public static async Task<long> WithCostAsync()
    {
        await using var connection = await CardStage.Database.OpenConnectionAsync();
        return await connection.QueryFirstAsync<long>("select customer_id from customer_values where scope = 1 and ltv_to_cac is not null order by ltv desc, customer_id limit 1");
    }

    /// <summary>Valued companies other than the most valuable one, for tests that change something about them.</summary>
    public static async Task<long> OtherCompanyAsync(int place)
    {
        await using var connection = await CardStage.Database.OpenConnectionAsync();
        return await connection.QueryFirstAsync<long>("""
            select customer_id from customer_values
            where scope = 1 and ltv is not null
            order by ltv desc, customer_id offset @place limit 1
            """, new { place });
    }

    /// <summary>A lead with neither company nor contact, if there is one.</summary>
    public static async Task<long?> LeadWithoutCustomerAsync()
    {
        await using var connection = await CardStage.Database.OpenConnectionAsync();
        return await connection.QueryFirstOrDefaultAsync<long?>("select lead_id from leads where company_id is null and main_contact_id is null order by lead_id limit 1");
    }

    private static async Task<(long Id, decimal Ltv)> QueryAsync(string sql)
    {
        await using var connection = await CardStage.Database.OpenConnectionAsync();
        return await connection.QueryFirstAsync<(long, decimal)>(sql);
    }
}
