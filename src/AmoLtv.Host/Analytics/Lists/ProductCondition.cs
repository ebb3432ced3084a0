using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Analytics.Lists;

/// <summary>A filter of clients by what they bought, as SQL over <c>analysed_products</c>: rows of the same analysis as the figures.</summary>
internal static class ProductCondition
{
    private const string Any = "any";

    /// <exception cref="BadFilterException">A product cannot be understood, or one is missing.</exception>
    public static void Add(Condition condition, ClientFilter filter)
    {
        if (filter.Product == Any && filter.Repeated is null && string.IsNullOrEmpty(filter.Later))
        {
            condition.Add("exists (select from analysed_products bought where bought.account_id = @Account and bought.scope = c.scope and bought.customer_id = c.customer_id)");
        }
        else if (!string.IsNullOrEmpty(filter.Product))
        {
            var days = filter.Repeated switch { true => " and bought.days > 1", false => " and bought.days = 1", null => "" };
            var later = string.IsNullOrEmpty(filter.Later)
                ? ""
                : $" and exists (select {From("later", "Later", "bought.scope", "bought.customer_id")} and later.first_day > bought.first_day)";
            // The offset keeps the planner from looking at the product client by client, in the order of the list: few or none may have bought it.
            condition.Add($"(c.scope, c.customer_id) in (select bought.scope, bought.customer_id {Of("bought", "Product")}{days}{later} offset 0)");
            Name(condition, "Product", filter.Product);
            if (later.Length > 0)
            {
                Name(condition, "Later", filter.Later!);
            }
        }
        else if (filter.Repeated is not null || !string.IsNullOrEmpty(filter.Later))
        {
            throw new BadFilterException("'repeated' and 'later' need a 'product' beside them.");
        }

        if (!string.IsNullOrEmpty(filter.Without))
        {
            condition.Add($"not exists (select {From("missing", "Without")})");
            Name(condition, "Without", filter.Without);
        }
    }

    private static string From(string alias, string name, string scope = "c.scope", string customer = "c.customer_id") =>
        $"{Of(alias, name)} and {alias}.scope = {scope} and {alias}.customer_id = {customer}";

    private static string Of(string alias, string name) =>
        $"from analysed_products {alias} where {alias}.account_id = @Account and {alias}.catalog_id = @{name}List and {alias}.element_id = @{name}Element";

    private static void Name(Condition condition, string name, string text)
    {
        if (!ProductId.TryParse(text, out var product))
        {
            throw new BadFilterException($"'{text}' is no product; write list:element.");
        }

        condition.Parameters.Add(name + "List", product.Catalog);
        condition.Parameters.Add(name + "Element", product.Element);
    }
}
