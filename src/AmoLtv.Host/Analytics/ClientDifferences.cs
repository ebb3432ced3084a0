using AmoLtv.Core.Identity;
using Npgsql;

namespace AmoLtv.Host.Analytics;

/// <summary>How the clients of a base differ from those that were kept of it.</summary>
/// <param name="Rows">Places of clients whose row is to be written.</param>
/// <param name="Products">Places of those whose products are to be written.</param>
/// <param name="OldRows">Clients whose kept row goes.</param>
/// <param name="OldProducts">Clients whose kept products go.</param>
internal sealed record ClientDifferences(List<int> Rows, List<int> Products, List<CustomerKey> OldRows, List<CustomerKey> OldProducts)
{
    public static async Task<ClientDifferences> FindAsync(
        NpgsqlConnection connection, AnalysedBase analysed, ClientDigests digests, CancellationToken cancellationToken)
    {
        var kept = await ReadKeptAsync(connection, analysed.Account.Id.Value, cancellationToken);
        var found = new ClientDifferences([], [], [], []);
        foreach (var (place, client) in analysed.Clients.Index())
        {
            if (client.FirstPurchase is null)
            {
                continue;
            }

            var isKnown = kept.Remove(client.Key, out var before);
            var hasOtherProducts = !isKnown || before.Products != digests.Products(place);
            if (hasOtherProducts)
            {
                Note(found.Products, found.OldProducts, place, client, isKnown);
            }

            if (hasOtherProducts || before.Row != digests.Row(place))
            {
                Note(found.Rows, found.OldRows, place, client, isKnown);
            }
        }

        found.OldRows.AddRange(kept.Keys);
        found.OldProducts.AddRange(kept.Keys);
        return found;
    }

    private static void Note(List<int> places, List<CustomerKey> old, int place, AnalysedClient client, bool isKnown)
    {
        places.Add(place);
        if (isKnown)
        {
            old.Add(client.Key);
        }
    }

    private static async Task<Dictionary<CustomerKey, (long Row, long Products)>> ReadKeptAsync(
        NpgsqlConnection connection, long account, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select scope, customer_id, digest, products_digest from analysed_clients where account_id = $1", connection);
        command.Parameters.Add(new() { Value = account });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var kept = new Dictionary<CustomerKey, (long, long)>();
        while (await rows.ReadAsync(cancellationToken))
        {
            kept[new CustomerKey((CustomerScope)rows.GetInt16(0), rows.GetInt64(1))] = (rows.GetInt64(2), rows.GetInt64(3));
        }

        return kept;
    }
}
