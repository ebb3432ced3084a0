using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.Entities;
using AmoLtv.Core.Identity;
using Npgsql;

namespace AmoLtv.Host.Syncing;

/// <summary>Companies.</summary>
internal sealed class CompanyTable : IEntityTable<CrmCompany>
{
    public EntityType Entity => EntityType.Company;

    public string Table => "companies";

    public string IdColumn => "company_id";

    public string StagingColumns =>
        "company_id bigint, name text, responsible_user_id bigint, created_at timestamptz, updated_at timestamptz, fields jsonb";

    public string MergeSql { get; } = SyncSql.Read("merge_companies");

    public IAsyncEnumerable<Page<CrmCompany>> ReadAsync(AmoCrmClient client, IReadOnlySet<FieldId> wanted, int startPage, CancellationToken cancellationToken) =>
        client.ReadCompaniesAsync(wanted, startPage, cancellationToken);

    public Task<CrmCompany?> GetAsync(AmoCrmClient client, long id, IReadOnlySet<FieldId> wanted, CancellationToken cancellationToken) =>
        client.GetCompanyAsync(new CompanyId(id), wanted, cancellationToken);

    public Task<Page<CrmCompany>> GetManyAsync(AmoCrmClient client, IReadOnlyCollection<long> ids, IReadOnlySet<FieldId> wanted, CancellationToken cancellationToken) =>
        client.GetCompaniesAsync(ids, wanted, cancellationToken);

    public IAsyncEnumerable<Page<CrmCompany>> ReadNewestAsync(AmoCrmClient client, IReadOnlySet<FieldId> wanted, CancellationToken cancellationToken) =>
        client.ReadNewestCompaniesAsync(wanted, cancellationToken);

    public async Task WriteAsync(NpgsqlBinaryImporter copy, CrmCompany row, CancellationToken cancellationToken)
    {
        await copy.NumberAsync(row.Id.Value, cancellationToken);
        await copy.TextAsync(row.Name, cancellationToken);
        await copy.NumberAsync(row.Responsible?.Value, cancellationToken);
        await copy.TimeAsync(row.CreatedAt, cancellationToken);
        await copy.TimeAsync(row.UpdatedAt, cancellationToken);
        await copy.FieldsAsync(row.Fields, cancellationToken);
    }
}
