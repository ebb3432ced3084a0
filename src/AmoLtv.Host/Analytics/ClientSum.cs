namespace AmoLtv.Host.Analytics;

/// <summary>Some clients of the base.</summary>
/// <param name="Clients">How many.</param>
/// <param name="Value">What they add to the base, in the account's currency.</param>
internal sealed record ClientSum(int Clients, decimal Value)
{
    public static ClientSum Of(IEnumerable<AnalysedClient> clients) =>
        clients.Aggregate(new ClientSum(0, 0), (sum, client) => new ClientSum(sum.Clients + 1, sum.Value + client.Value));
}
