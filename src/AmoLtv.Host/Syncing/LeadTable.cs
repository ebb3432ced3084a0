using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.Entities;
using AmoLtv.Core.Identity;
using Npgsql;

namespace AmoLtv.Host.Syncing;

/// <summary>Leads. Pipelines and stages the CRM does not list (archived, removed) are stored as they come.</summary>
internal sealed class LeadTable : IEntityTable<CrmLead>
{
    public EntityType Entity => EntityType.Lead;

    public string Table => "leads";

    public string IdColumn => "lead_id";

    public string StagingColumns => """
        lead_id bigint, pipeline_id bigint, status_id bigint, price numeric(18, 2), company_id bigint, main_contact_id bigint,
        responsible_user_id bigint, loss_reason_id bigint, created_at timestamptz, updated_at timestamptz, closed_at timestamptz,
        fields jsonb, tags text[], source text, products jsonb
        """;

    public string MergeSql { get; } = SyncSql.Read("merge_leads");

    public IAsyncEnumerable<Page<CrmLead>> ReadAsync(AmoCrmClient client, IReadOnlySet<FieldId> wanted, int startPage, CancellationToken cancellationToken) =>
        client.ReadLeadsAsync(wanted, startPage, cancellationToken);

    public Task<CrmLead?> GetAsync(AmoCrmClient client, long id, IReadOnlySet<FieldId> wanted, CancellationToken cancellationToken) =>
        client.GetLeadAsync(new LeadId(id), wanted, contextUser: null, cancellationToken);

    public Task<Page<CrmLead>> GetManyAsync(AmoCrmClient client, IReadOnlyCollection<long> ids, IReadOnlySet<FieldId> wanted, CancellationToken cancellationToken) =>
        client.GetLeadsAsync(ids, wanted, cancellationToken);

    public IAsyncEnumerable<Page<CrmLead>> ReadNewestAsync(AmoCrmClient client, IReadOnlySet<FieldId> wanted, CancellationToken cancellationToken) =>
        client.ReadNewestLeadsAsync(wanted, cancellationToken);

    public async Task WriteAsync(NpgsqlBinaryImporter copy, CrmLead row, CancellationToken cancellationToken)
    {
        await copy.NumberAsync(row.Id.Value, cancellationToken);
        await copy.NumberAsync(row.Pipeline.Value, cancellationToken);
        await copy.NumberAsync(row.Status.Value, cancellationToken);
        await copy.MoneyAsync(row.Price, cancellationToken);
        await copy.NumberAsync(row.Company?.Value, cancellationToken);
        await copy.NumberAsync(row.MainContact?.Value, cancellationToken);
        await copy.NumberAsync(row.Responsible?.Value, cancellationToken);
        await copy.NumberAsync(row.LossReason, cancellationToken);
        await copy.TimeAsync(row.CreatedAt, cancellationToken);
        await copy.TimeAsync(row.UpdatedAt, cancellationToken);
        await copy.TimeAsync(row.ClosedAt, cancellationToken);
        await copy.FieldsAsync(row.Fields, cancellationToken);
        await copy.TextsAsync(row.Tags, cancellationToken);
        await copy.TextAsync(row.Source, cancellationToken);
        await copy.ProductsAsync(row.Products, cancellationToken);
    }
}
