namespace AmoLtv.Host.Analytics;

/// <summary>Columns of <c>analysed_clients</c> that come from a client's result as it is, without having been computed by an analysis.</summary>
internal static class ClientColumns
{
    private static readonly (string Name, string Of)[] All =
    [
        ("name", "coalesce(company.name, '')"),
        ("ltv", "value.ltv"), ("historical_ltv", "value.historical_ltv"), ("revenue", "value.revenue"), ("purchases", "value.purchases"),
        ("average_order_value", "value.average_order_value"), ("purchases_per_year", "value.purchases_per_year"),
        ("expected_value", "value.expected_value"), ("value_low", "value.value_low"), ("value_high", "value.value_high"),
        ("repeat_probability", "value.repeat_probability"), ("next_purchase", "value.next_purchase"),
        ("first_purchase", "value.first_purchase"), ("last_purchase", "value.last_purchase"),
        ("tier", "value.tier"), ("rfm_recency", "value.rfm_recency"), ("rfm_frequency", "value.rfm_frequency"), ("rfm_monetary", "value.rfm_monetary"),
        ("rfm_group", "value.rfm_group"), ("lifecycle", "value.lifecycle"),
        ("channel", "value.channel"), ("cac", "value.cac"), ("ltv_to_cac", "value.ltv_to_cac"), ("payback_months", "value.payback_months"),
    ];

    /// <summary>Their names, separated by commas.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(column => column.Name));

    /// <summary>What they hold of <c>customer_values value</c> and <c>companies company</c>, in the same order.</summary>
    public static string Expressions { get; } = string.Join(", ", All.Select(column => column.Of));

    /// <summary>A bigint of all of them together.</summary>
    public static string Digest { get; } = $"hash_record_extended(row({Expressions}), 0)";
}
