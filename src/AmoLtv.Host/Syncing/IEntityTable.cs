using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.Entities;
using AmoLtv.Core.Identity;
using Npgsql;

namespace AmoLtv.Host.Syncing;

/// <summary>How one kind of card is read from the CRM and merged into its table.</summary>
internal interface IEntityTable<TRow>
    where TRow : class, ICrmRow
{
    EntityType Entity { get; }

    /// <summary>Name of the table, of its staging table (after <c>staging_</c>), and of the counts.</summary>
    string Table { get; }

    /// <summary>Name of its key beside <c>account_id</c>.</summary>
    string IdColumn { get; }

    /// <summary>Columns and types of the staging table.</summary>
    string StagingColumns { get; }

    /// <summary>One statement: merges the staging table, writing only rows that differ, and selects how many were <c>added</c> and <c>changed</c>, and how many of them missed before.</summary>
    string MergeSql { get; }

    IAsyncEnumerable<Page<TRow>> ReadAsync(AmoCrmClient client, IReadOnlySet<FieldId> wanted, int startPage, CancellationToken cancellationToken);

    /// <returns>Null where the CRM has no such entity.</returns>
    Task<TRow?> GetAsync(AmoCrmClient client, long id, IReadOnlySet<FieldId> wanted, CancellationToken cancellationToken);

    /// <summary>Cards of these numbers; any cards where the CRM ignores the filter.</summary>
    Task<Page<TRow>> GetManyAsync(AmoCrmClient client, IReadOnlyCollection<long> ids, IReadOnlySet<FieldId> wanted, CancellationToken cancellationToken);

    /// <summary>All cards, the highest number first where the CRM sorts them.</summary>
    IAsyncEnumerable<Page<TRow>> ReadNewestAsync(AmoCrmClient client, IReadOnlySet<FieldId> wanted, CancellationToken cancellationToken);

    /// <summary>Writes one row of the COPY, in the order of <see cref="StagingColumns"/>.</summary>
    Task WriteAsync(NpgsqlBinaryImporter copy, TRow row, CancellationToken cancellationToken);
}
