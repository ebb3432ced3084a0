using AmoLtv.Host.Database;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Analytics;

/// <summary>Copies the leads of the last twelve months into a temporary table of the transaction, as they are kept.</summary>
internal static class LeadStaging
{
    private const int Columns = 12;

    public static async Task WriteAsync(NpgsqlConnection connection, AnalysedBase analysed, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(new CommandDefinition(
            """
            create temporary table seen_leads (like analysed_leads) on commit drop
            """,
            cancellationToken: cancellationToken));
        await using var stream = await connection.BeginRawBinaryCopyAsync(
            """
            copy seen_leads (
                account_id, list, lead_id, day, amount, value, scope, customer_id, responsible_user_id, pipeline_id, status_id, loss_reason_id)
            from stdin (format binary)
            """,
            cancellationToken);
        var rows = new CopyRowWriter(stream);
        foreach (var purchase in analysed.Purchases.Where(purchase => analysed.Account.LastYear.Contains(purchase.Day)))
        {
            await rows.StartRowAsync(Columns, cancellationToken);
            rows.Add((long?)analysed.Account.Id.Value);
            Add(rows, purchase, analysed.Clients[purchase.Client]);
        }

        foreach (var lost in analysed.LostLeads)
        {
            await rows.StartRowAsync(Columns, cancellationToken);
            rows.Add((long?)analysed.Account.Id.Value);
            Add(rows, lost);
        }

        await rows.CompleteAsync(cancellationToken);
    }

    private static void Add(CopyRowWriter rows, AnalysedPurchase purchase, AnalysedClient client)
    {
        rows.Add("won");
        rows.Add((long?)purchase.Lead.Value);
        rows.Add((DateOnly?)purchase.Day);
        rows.Add((decimal?)purchase.Amount);
        rows.Add((decimal?)Core.Valuation.Money.Round(purchase.Value));
        rows.Add((short?)client.Key.Scope);
        rows.Add((long?)client.Key.Id);
        rows.Add(purchase.Responsible?.Value);
        rows.Add(purchase.Pipeline?.Value);
        rows.Add((long?)null);
        rows.Add((long?)null);
    }

    private static void Add(CopyRowWriter rows, AnalysedLostLead lost)
    {
        rows.Add("lost");
        rows.Add((long?)lost.Lead.Lead.Value);
        rows.Add((DateOnly?)lost.Day);
        rows.Add(lost.Lead.Amount);
        rows.Add((decimal?)null);
        rows.Add((short?)lost.Lead.Client?.Scope);
        rows.Add(lost.Lead.Client?.Id);
        rows.Add(lost.Responsible?.Value);
        rows.Add(lost.Lead.LostFrom?.Pipeline.Value);
        rows.Add(lost.Lead.LostFrom?.Status.Value);
        rows.Add(lost.Lead.LossReason);
    }
}
