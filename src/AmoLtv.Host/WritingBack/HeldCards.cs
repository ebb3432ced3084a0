using System.Runtime.CompilerServices;
using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.Entities;
using AmoLtv.Core.Identity;

namespace AmoLtv.Host.WritingBack;

/// <summary>Reads from the CRM what it holds of our fields.</summary>
internal static class HeldCards
{
    /// <summary>Every card of a kind, page by page.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<HeldCard>> ReadAllAsync(
        AmoCrmClient crm, EntityType entity, IReadOnlySet<FieldId> fields, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (entity == EntityType.Lead)
        {
            await foreach (var page in crm.ReadLeadsAsync(fields, 1, cancellationToken))
            {
                yield return [.. page.Rows.Select(Card)];
            }
        }
        else if (entity == EntityType.Company)
        {
            await foreach (var page in crm.ReadCompaniesAsync(fields, 1, cancellationToken))
            {
                yield return [.. page.Rows.Select(Card)];
            }
        }
        else
        {
            await foreach (var page in crm.ReadContactsAsync(fields, 1, cancellationToken))
            {
                yield return [.. page.Rows.Select(Card)];
            }
        }
    }

    /// <returns>Null where the CRM has no such card any more.</returns>
    public static async Task<HeldCard?> ReadOneAsync(
        AmoCrmClient crm, EntityType entity, long id, IReadOnlySet<FieldId> fields, CancellationToken cancellationToken)
    {
        if (entity == EntityType.Lead)
        {
            return await crm.GetLeadAsync(new LeadId(id), fields, contextUser: null, cancellationToken) is { } lead ? Card(lead) : null;
        }

        if (entity == EntityType.Company)
        {
            return await crm.GetCompanyAsync(new CompanyId(id), fields, cancellationToken) is { } company ? Card(company) : null;
        }

        return await crm.GetContactAsync(new ContactId(id), fields, cancellationToken) is { } contact ? Card(contact) : null;
    }

    private static HeldCard Card(CrmLead lead) => new(lead.Key, lead.IsDeleted, lead.Fields);

    private static HeldCard Card(CrmCompany company) => new(company.Key, company.IsDeleted, company.Fields);

    private static HeldCard Card(CrmContact contact) => new(contact.Key, contact.IsDeleted, contact.Fields);
}
