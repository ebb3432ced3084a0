using System.Text.Json;
using AmoLtv.AmoCrm.Entities;
using AmoLtv.Core.Identity;
using Npgsql;
using NpgsqlTypes;

namespace AmoLtv.Host.Syncing;

/// <summary>Values of a COPY.</summary>
internal static class CopyValues
{
    public static Task TextAsync(this NpgsqlBinaryImporter copy, string? text, CancellationToken cancellationToken) =>
        text is null ? copy.WriteNullAsync(cancellationToken) : copy.WriteAsync(text, NpgsqlDbType.Text, cancellationToken);

    public static Task NumberAsync(this NpgsqlBinaryImporter copy, long? number, CancellationToken cancellationToken) =>
        number is { } value ? copy.WriteAsync(value, NpgsqlDbType.Bigint, cancellationToken) : copy.WriteNullAsync(cancellationToken);

    public static Task MoneyAsync(this NpgsqlBinaryImporter copy, decimal? amount, CancellationToken cancellationToken) =>
        amount is { } value ? copy.WriteAsync(value, NpgsqlDbType.Numeric, cancellationToken) : copy.WriteNullAsync(cancellationToken);

    public static Task TimeAsync(this NpgsqlBinaryImporter copy, DateTimeOffset? moment, CancellationToken cancellationToken) =>
        moment is { } value ? copy.WriteAsync(value.UtcDateTime, NpgsqlDbType.TimestampTz, cancellationToken) : copy.WriteNullAsync(cancellationToken);

    public static Task TextsAsync(this NpgsqlBinaryImporter copy, IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
        copy.WriteAsync(texts.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);

    public static Task FieldsAsync(this NpgsqlBinaryImporter copy, IReadOnlyDictionary<FieldId, string> fields, CancellationToken cancellationToken)
    {
        var json = fields.Count == 0
            ? "{}"
            : JsonSerializer.Serialize(fields.ToDictionary(field => field.Key.ToString(), field => field.Value));
        return copy.WriteAsync(json, NpgsqlDbType.Jsonb, cancellationToken);
    }

    /// <summary>Products as <c>[[list, element, quantity, price field or null], …]</c>; null where there are none.</summary>
    public static Task ProductsAsync(this NpgsqlBinaryImporter copy, IReadOnlyList<CrmLeadProduct> products, CancellationToken cancellationToken) =>
        products.Count == 0
            ? copy.WriteNullAsync(cancellationToken)
            : copy.WriteAsync(
                JsonSerializer.Serialize(products.Select(product => new decimal?[]
                {
                    product.Product.Catalog, product.Product.Element, product.Quantity, product.PriceField?.Value,
                })),
                NpgsqlDbType.Jsonb, cancellationToken);
}
