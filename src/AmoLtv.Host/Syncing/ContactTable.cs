using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.Entities;
using AmoLtv.Core.Identity;
using Npgsql;

namespace AmoLtv.Host.Syncing;

/// <summary>Contacts, without anything that names a person.</summary>
internal sealed class ContactTable : IEntityTable<CrmContact>
{
    public EntityType Entity => EntityType.Contact;

    public string Table => "contacts";

    public string IdColumn => "contact_id";

    public string StagingColumns =>
        "contact_id bigint, company_id bigint, responsible_user_id bigint, created_at timestamptz, updated_at timestamptz, fields jsonb";

    public string MergeSql { get; } = SyncSql.Read("merge_contacts");

    public IAsyncEnumerable<Page<CrmContact>> ReadAsync(AmoCrmClient client, IReadOnlySet<FieldId> wanted, int startPage, CancellationToken cancellationToken) =>
        client.ReadContactsAsync(wanted, startPage, cancellationToken);

    public Task<CrmContact?> GetAsync(AmoCrmClient client, long id, IReadOnlySet<FieldId> wanted, CancellationToken cancellationToken) =>
        client.GetContactAsync(new ContactId(id), wanted, cancellationToken);

    public Task<Page<CrmContact>> GetManyAsync(AmoCrmClient client, IReadOnlyCollection<long> ids, IReadOnlySet<FieldId> wanted, CancellationToken cancellationToken) =>
        client.GetContactsAsync(ids, wanted, cancellationToken);

    public IAsyncEnumerable<Page<CrmContact>> ReadNewestAsync(AmoCrmClient client, IReadOnlySet<FieldId> wanted, CancellationToken cancellationToken) =>
        client.ReadNewestContactsAsync(wanted, cancellationToken);

    public async Task WriteAsync(NpgsqlBinaryImporter copy, CrmContact row, CancellationToken cancellationToken)
    {
        await copy.NumberAsync(row.Id.Value, cancellationToken);
        await copy.NumberAsync(row.Company?.Value, cancellationToken);
        await copy.NumberAsync(row.Responsible?.Value, cancellationToken);
        await copy.TimeAsync(row.CreatedAt, cancellationToken);
        await copy.TimeAsync(row.UpdatedAt, cancellationToken);
        await copy.FieldsAsync(row.Fields, cancellationToken);
    }
}
