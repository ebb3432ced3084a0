using AmoLtv.Core.Attribution;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using Npgsql;

namespace AmoLtv.Host.Analytics;

/// <summary>Reads the leads that were lost in a period, and from where.</summary>
internal sealed class LostLeadStore(NpgsqlDataSource database)
{
    // A day to either side, since the period is cut in the account's time zone.
    private const string Sql =
        """
        select lead.lead_id, lead.company_id, lead.main_contact_id, lead.closed_at, lead.loss_reason_id, lead.price,
            loss.pipeline_id, loss.status_id, lead.responsible_user_id
        from leads lead
        left join lead_losses loss on loss.account_id = $1 and loss.lead_id = lead.lead_id
        where lead.account_id = $1 and lead.status_id = $2 and not lead.is_deleted
          and lead.closed_at >= $3::timestamptz - interval '1 day' and lead.closed_at < $4::timestamptz + interval '2 days'
        """;

    public async Task<List<AnalysedLostLead>> ReadAsync(AnalysedAccount account, Period period, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = account.Id.Value });
        command.Parameters.Add(new() { Value = StageKey.Lost.Value });
        command.Parameters.Add(new() { Value = period.From.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) });
        command.Parameters.Add(new() { Value = period.To.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var leads = new List<AnalysedLostLead>();
        while (await rows.ReadAsync(cancellationToken))
        {
            var day = AccountDays.DayOf(rows.GetFieldValue<DateTimeOffset>(3), account.Zone);
            if (period.Contains(day))
            {
                leads.Add(new AnalysedLostLead(
                    Read(rows, account.Settings.Customer), day, Number(rows, 8) is { } user ? new UserId(user) : null));
            }
        }

        return leads;
    }

    private static LostLead Read(NpgsqlDataReader row, CustomerRule rule) => new(
        new LeadId(row.GetInt64(0)),
        ClientOf(Number(row, 1), Number(row, 2), rule),
        row.IsDBNull(6) ? null : new StageKey(new PipelineId(row.GetInt64(6)), new StatusId(row.GetInt64(7))),
        Number(row, 4),
        row.IsDBNull(5) ? null : Math.Max(0, row.GetDecimal(5)));

    /// <summary>The client a purchase of this lead would have belonged to.</summary>
    private static CustomerKey? ClientOf(long? company, long? contact, CustomerRule rule) => (rule, company, contact) switch
    {
        (not CustomerRule.ContactOnly, { } id, _) => new CustomerKey(CustomerScope.Company, id),
        (not CustomerRule.CompanyOnly, _, { } id) => new CustomerKey(CustomerScope.DirectContact, id),
        _ => null,
    };

    private static long? Number(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
