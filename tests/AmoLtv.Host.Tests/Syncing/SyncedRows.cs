using AmoLtv.Host.Tests.Installing;
using AmoLtv.Sandbox.State;
using Dapper;

namespace AmoLtv.Host.Tests.Syncing;

/// <summary>What the database holds of an account, against what the CRM holds.</summary>
internal static class SyncedRows
{
    public static async Task AssertSameAsync(ConnectedSandbox crm)
    {
        await using var connection = await crm.Database.OpenConnectionAsync();
        var leads = await connection.QueryAsync<string>(
            """
            select concat_ws('|', lead_id, pipeline_id, status_id, price::bigint, coalesce(company_id, 0), coalesce(main_contact_id, 0),
                   responsible_user_id, coalesce(loss_reason_id, 0), extract(epoch from created_at)::bigint, coalesce(extract(epoch from closed_at)::bigint, 0))
            from leads where not is_deleted order by lead_id
            """);
        var companies = await connection.QueryAsync<string>("select concat_ws('|', company_id, name, responsible_user_id) from companies where not is_deleted order by company_id");
        var contacts = await connection.QueryAsync<string>("select concat_ws('|', contact_id, coalesce(company_id, 0)) from contacts where not is_deleted order by contact_id");

        var state = crm.Server.State;
        Assert.That(leads, Is.EqualTo(state.Leads.Living(SortBy.Id).Select(lead => FormattableString.Invariant(
            $"{lead.Id}|{lead.PipelineId}|{lead.StatusId}|{lead.Price:0}|{lead.CompanyId ?? 0}|{lead.ContactIds.FirstOrDefault()}|{lead.ResponsibleUserId}|{lead.LossReasonId ?? 0}|{lead.CreatedAt}|{lead.ClosedAt ?? 0}"))));
        Assert.That(companies, Is.EqualTo(state.Companies.Living(SortBy.Id).Select(company => $"{company.Id}|{company.Name}|{company.ResponsibleUserId}")));
        Assert.That(contacts, Is.EqualTo(state.Contacts.Living(SortBy.Id).Select(contact => $"{contact.Id}|{contact.CompanyId ?? 0}")));
    }
}
