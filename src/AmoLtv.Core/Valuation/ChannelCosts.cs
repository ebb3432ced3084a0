using AmoLtv.Core.Purchases;

namespace AmoLtv.Core.Valuation;

/// <summary>Cost of acquiring a client by its channel and the month of its first purchase.</summary>
public sealed class ChannelCosts
{
    private readonly Dictionary<(string Channel, DateOnly Month), decimal> _costs = [];

    private ChannelCosts()
    {
    }

    /// <summary>Nothing is known of what anybody cost.</summary>
    public static ChannelCosts None { get; } = new();

    /// <summary>
    /// Spend divided by new clients. Spend of a month without new clients waits for the channel's next month that has
    /// some. Clients of a month for which nothing was entered, and nothing waits, have no known cost.
    /// </summary>
    public static ChannelCosts Of(IEnumerable<CustomerHistory> clients, IEnumerable<ChannelSpend> spend)
    {
        var newClients = clients
            .Where(client => client is { Channel: not null, FirstPurchase: not null })
            .CountBy(client => KeyOf(client.Channel!, client.FirstPurchase!.Value))
            .ToDictionary();
        var spent = spend
            .GroupBy(row => KeyOf(row.Channel, row.Month), row => row.Amount)
            .ToDictionary(group => group.Key, group => group.Sum());
        var costs = new ChannelCosts();
        foreach (var channel in spent.Keys.Union(newClients.Keys).GroupBy(key => key.Channel, key => key.Month))
        {
            costs.Add(channel.Key, channel.Order(), newClients, spent);
        }

        return costs;
    }

    /// <summary>Cost of acquiring the client, in the account's currency; null where it has no channel, or nothing is known of what it cost.</summary>
    public decimal? Of(CustomerHistory client) =>
        client is { Channel: { } channel, FirstPurchase: { } first } && _costs.TryGetValue(KeyOf(channel, first), out var cost) ? cost : null;

    private void Add(
        string channel,
        IEnumerable<DateOnly> months,
        Dictionary<(string Channel, DateOnly Month), int> newClients,
        Dictionary<(string Channel, DateOnly Month), decimal> spent)
    {
        decimal? waiting = null;
        foreach (var month in months)
        {
            if (spent.TryGetValue((channel, month), out var amount))
            {
                waiting = (waiting ?? 0) + amount;
            }

            if (waiting is { } sum && newClients.TryGetValue((channel, month), out var clients))
            {
                _costs[(channel, month)] = Money.Round(sum / clients);
                waiting = null;
            }
        }
    }

    private static (string Channel, DateOnly Month) KeyOf(string channel, DateOnly day) =>
        (channel.Trim().ToUpperInvariant(), new DateOnly(day.Year, day.Month, 1));
}
