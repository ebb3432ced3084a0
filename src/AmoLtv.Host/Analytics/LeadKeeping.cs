using AmoLtv.Host.Database;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Analytics;

/// <summary>Keeps the purchases of the last twelve months and the leads lost in them. Most are yesterday's: only those that differ are written.</summary>
internal static class LeadKeeping
{
    /// <summary>Within the caller's transaction.</summary>
    public static async Task SaveAsync(NpgsqlConnection connection, AnalysedBase analysed, CancellationToken cancellationToken)
    {
        var account = analysed.Account.Id.Value;
        var kept = await ReadKeptAsync(connection, account, cancellationToken);
        var (isFirst, changed, gone) = (kept.Count == 0, new List<ListedLead>(), new List<(bool IsWon, long Lead)>());
        foreach (var lead in All(analysed))
        {
            if (isFirst || !kept.Remove((lead.IsWon, lead.Lead), out var before))
            {
                changed.Add(lead);
            }
            else if (before != lead.Digest())
            {
                changed.Add(lead);
                gone.Add((lead.IsWon, lead.Lead));
            }
        }

        gone.AddRange(kept.Keys);
        await DeleteAsync(connection, account, gone, cancellationToken);
        await CopyAsync(connection, account, changed, cancellationToken);
    }

    private static IEnumerable<ListedLead> All(AnalysedBase analysed) => analysed.Purchases
        .Where(purchase => analysed.Account.LastYear.Contains(purchase.Day))
        .Select(purchase => ListedLead.Of(purchase, analysed.Clients[purchase.Client]))
        .Concat(analysed.LostLeads.Select(ListedLead.Of));

    private static async Task<Dictionary<(bool IsWon, long Lead), long>> ReadKeptAsync(
        NpgsqlConnection connection, long account, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select list = 'won', lead_id, digest from analysed_leads where account_id = $1", connection);
        command.Parameters.Add(new() { Value = account });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var kept = new Dictionary<(bool, long), long>();
        while (await rows.ReadAsync(cancellationToken))
        {
            kept[(rows.GetBoolean(0), rows.GetInt64(1))] = rows.GetInt64(2);
        }

        return kept;
    }

    private static async Task DeleteAsync(
        NpgsqlConnection connection, long account, List<(bool IsWon, long Lead)> gone, CancellationToken cancellationToken)
    {
        if (gone.Count > 0)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                """
                delete from analysed_leads kept
                using unnest(@Lists, @Leads) gone (list, lead_id)
                where kept.account_id = @account and kept.list = gone.list and kept.lead_id = gone.lead_id
                """,
                new { account, Lists = gone.ConvertAll(one => one.IsWon ? "won" : "lost").ToArray(), Leads = gone.ConvertAll(one => one.Lead).ToArray() },
                commandTimeout: AnalysisSaving.TimeoutSeconds, cancellationToken: cancellationToken));
        }
    }

    private static async Task CopyAsync(NpgsqlConnection connection, long account, List<ListedLead> changed, CancellationToken cancellationToken)
    {
        if (changed.Count == 0)
        {
            return;
        }

        await using var stream = await connection.BeginRawBinaryCopyAsync(
            """
            copy analysed_leads (
                account_id, list, lead_id, day, amount, value, scope, customer_id, responsible_user_id, pipeline_id, status_id, loss_reason_id, digest)
            from stdin (format binary)
            """,
            cancellationToken);
        var rows = new CopyRowWriter(stream);
        foreach (var lead in changed.OrderBy(lead => lead.IsWon).ThenBy(lead => lead.Lead))
        {
            await rows.StartRowAsync(ListedLead.Columns, cancellationToken);
            lead.Write(rows, account);
        }

        await rows.CompleteAsync(cancellationToken);
    }
}
