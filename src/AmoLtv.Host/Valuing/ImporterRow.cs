using Npgsql;
using NpgsqlTypes;

namespace AmoLtv.Host.Valuing;

/// <summary>Writes one row of a binary COPY, value after value; null stands for NULL.</summary>
internal static class ImporterRow
{
    public static async Task AddAsync<T>(this NpgsqlBinaryImporter importer, T? value, NpgsqlDbType type, CancellationToken cancellationToken)
        where T : struct
    {
        if (value is { } known)
        {
            await importer.WriteAsync(known, type, cancellationToken);
        }
        else
        {
            await importer.WriteNullAsync(cancellationToken);
        }
    }

    public static async Task AddAsync(this NpgsqlBinaryImporter importer, string? value, CancellationToken cancellationToken)
    {
        if (value is not null)
        {
            await importer.WriteAsync(value, NpgsqlDbType.Text, cancellationToken);
        }
        else
        {
            await importer.WriteNullAsync(cancellationToken);
        }
    }
}
