using AmoLtv.Host.Database;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Analytics;

/// <summary>Copies the leads of the last twelve months into a temporary table of the transaction.</summary>
internal static class LeadStaging
{
    private const int Columns = 11;

    public static async Task WriteAsync(NpgsqlConnection connection, AnalysedBase analysed, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(new CommandDefinition(
            """
            create temporary table staged_leads (
                lead_id bigint not null, is_won boolean not null, day date not null, amount numeric(18, 2), value numeric(18, 2),
                scope smallint, customer_id bigint, responsible_user_id bigint, pipeline_id bigint, status_id bigint, loss_reason_id bigint) on commit drop
            """,
            cancellationToken: cancellationToken));
        await using var stream = await connection.BeginRawBinaryCopyAsync("copy staged_leads from stdin (format binary)", cancellationToken);
        var rows = new CopyRowWriter(stream);
        foreach (var purchase in analysed.Purchases.Where(purchase => analysed.Account.LastYear.Contains(purchase.Day)))
        {
            await rows.StartRowAsync(Columns, cancellationToken);
            Add(rows, purchase, analysed.Clients[purchase.Client]);
        }

        foreach (var lost in analysed.LostLeads)
        {
            await rows.StartRowAsync(Columns, cancellationToken);
            Add(rows, lost);
        }

        await rows.CompleteAsync(cancellationToken);
    }

    private static void Add(CopyRowWriter rows, AnalysedPurchase purchase, AnalysedClient client)
    {
        rows.Add((long?)purchase.Lead.Value);
        rows.Add((bool?)true);
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
        rows.Add((long?)lost.Lead.Lead.Value);
        rows.Add((bool?)false);
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
