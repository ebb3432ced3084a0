using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Analytics.Answers;

/// <summary>Reads the newest documents of the analyses.</summary>
internal sealed class DocumentReader(NpgsqlDataSource database)
{
    /// <summary>The newest document of each kind; kinds of which there is none are left out.</summary>
    public async Task<IReadOnlyDictionary<string, StoredDocument>> ReadAsync(AccountId account, string[] kinds, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            """
            select kind.name as kind, made.run_id, made.calculated_at, made.document
            from unnest(@kinds) kind (name)
            cross join lateral (
                select run_id, calculated_at, document::text as document from account_analyses
                where account_id = @Account and kind = kind.name
                order by run_id desc limit 1) made
            """,
            new { Account = account.Value, kinds },
            cancellationToken: cancellationToken));
        return rows.ToDictionary(row => row.Kind, row => new StoredDocument(row.RunId, new DateTimeOffset(row.CalculatedAt), row.Document), StringComparer.Ordinal);
    }

    private sealed class Row
    {
        public required string Kind { get; init; }

        public required long RunId { get; init; }

        public required DateTime CalculatedAt { get; init; }

        public required string Document { get; init; }
    }
}
