using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Valuation;
using Npgsql;

namespace AmoLtv.Host.Analytics;

/// <summary>Reads the purchases and credit notes of an account's clients.</summary>
internal sealed class AnalysedPurchaseStore(NpgsqlDataSource database)
{
    private const string Sql =
        """
        select
            case when verdict.company_id is null then 3 else 1 end::smallint, coalesce(verdict.company_id, verdict.contact_id),
            verdict.lead_id, verdict.purchase_day, verdict.kind, verdict.amount, verdict.cost, lead.responsible_user_id, lead.pipeline_id
        from lead_verdicts verdict
        left join leads lead on lead.account_id = $1 and lead.lead_id = verdict.lead_id
        where verdict.account_id = $1 and verdict.kind in ($2, $3) and coalesce(verdict.company_id, verdict.contact_id) is not null
        """;

    /// <summary>Purchases of customers that are not among <paramref name="clients"/> are left out.</summary>
    public async Task<List<AnalysedPurchase>> ReadAsync(
        AccountId account, IReadOnlyList<AnalysedClient> clients, MarginRates margin, CancellationToken cancellationToken)
    {
        var places = new Dictionary<CustomerKey, int>(clients.Count);
        foreach (var client in clients)
        {
            places[client.Key] = places.Count;
        }

        // Counted first: a list of a million that grows by doubling takes its own size once more.
        await using var counting = Command("select count(*)::int from lead_verdicts where account_id = $1 and kind in ($2, $3)", account);
        var count = (int)(await counting.ExecuteScalarAsync(cancellationToken))!;
        await using var command = Command(Sql, account);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var purchases = new List<AnalysedPurchase>(count);
        while (await rows.ReadAsync(cancellationToken))
        {
            if (places.TryGetValue(new CustomerKey((CustomerScope)rows.GetInt16(0), rows.GetInt64(1)), out var place))
            {
                purchases.Add(Read(rows, place, margin));
            }
        }

        return purchases;
    }

    private NpgsqlCommand Command(string sql, AccountId account)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = account.Value });
        command.Parameters.Add(new() { Value = (short)VerdictKind.Purchase });
        command.Parameters.Add(new() { Value = (short)VerdictKind.CreditNote });
        return command;
    }

    private static AnalysedPurchase Read(NpgsqlDataReader row, int place, MarginRates margin)
    {
        var isCreditNote = (VerdictKind)row.GetInt16(4) == VerdictKind.CreditNote;
        var sign = isCreditNote ? -1 : 1;
        var day = row.GetFieldValue<DateOnly>(3);
        var movement = new Movement(day, sign * row.GetDecimal(5), row.IsDBNull(6) ? null : sign * row.GetDecimal(6));
        return new AnalysedPurchase(
            place,
            new LeadId(row.GetInt64(2)),
            day,
            movement.Amount,
            margin.ValueOf(movement),
            row.IsDBNull(7) ? null : new UserId(row.GetInt64(7)),
            row.IsDBNull(8) ? null : new PipelineId(row.GetInt64(8)),
            isCreditNote);
    }
}
