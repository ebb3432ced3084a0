using AmoLtv.Core.Attribution;
using AmoLtv.Host.Database;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Analytics;

/// <summary>Copies what the lists of clients need beyond their results into a temporary table of the transaction.</summary>
internal static class ClientStaging
{
    public static async Task WriteAsync(NpgsqlConnection connection, AnalysedBase analysed, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(new CommandDefinition(
            """
            create temporary table staged_clients (
                scope smallint not null, customer_id bigint not null, responsible_user_id bigint, value numeric(18, 2) not null,
                channel_key text, next_tier text, missing numeric(18, 2), traits text not null) on commit drop
            """,
            cancellationToken: cancellationToken));
        var near = analysed.NearTiers().ToDictionary(client => client.Key);
        await using var stream = await connection.BeginRawBinaryCopyAsync("copy staged_clients from stdin (format binary)", cancellationToken);
        var rows = new CopyRowWriter(stream);
        foreach (var (place, client) in analysed.Clients.Index())
        {
            if (client.FirstPurchase is null)
            {
                continue;
            }

            var isNear = near.TryGetValue(client.Key, out var next);
            await rows.StartRowAsync(8, cancellationToken);
            rows.Add((short?)client.Key.Scope);
            rows.Add((long?)client.Key.Id);
            rows.Add(client.Responsible?.Value);
            rows.Add((decimal?)client.Value);
            rows.Add(ChannelResults.KeyOf(client.Valuation.Channel));
            rows.Add(isNear ? next.NextTier : null);
            rows.Add(isNear ? next.Missing : (decimal?)null);
            rows.Add(analysed.Levels.Of(place));
        }

        await rows.CompleteAsync(cancellationToken);
    }
}
