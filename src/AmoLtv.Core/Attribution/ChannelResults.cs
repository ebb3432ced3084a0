using AmoLtv.Core.Segmentation;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Attribution;

/// <summary>The account's channels against what they cost.</summary>
public static class ChannelResults
{
    /// <summary>
    /// One row for each channel that has clients or spend, the most valuable first, then by name, clients without a channel
    /// last. Case and spaces around a channel's name do not matter; the order of the valuations neither.
    /// </summary>
    /// <param name="valuations">The account's; only clients that ever bought count.</param>
    /// <param name="spend">The account's table; empty where the CAC does not come from it.</param>
    /// <param name="targetRatio">LTV wanted for each unit of CAC, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="targetRatio"/> is not above 0.</exception>
    public static IReadOnlyList<ChannelResult> Of(
        IEnumerable<CustomerValuation> valuations, IEnumerable<ChannelSpend> spend, decimal targetRatio)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(targetRatio);
        var clients = valuations.Where(value => value.Key.IsClient && value.HasBought).ToLookup(value => KeyOf(value.Channel));
        var spent = spend.ToLookup(row => KeyOf(row.Channel));
        return
        [
            .. clients.Select(group => group.Key).Union(spent.Select(group => group.Key))
                .Select(key => Of([.. clients[key]], [.. spent[key]], targetRatio))
                .OrderBy(result => result.Channel is null)
                .ThenByDescending(result => result.Value).ThenBy(result => result.Channel, StringComparer.Ordinal),
        ];
    }

    private static ChannelResult Of(List<CustomerValuation> clients, List<ChannelSpend> spend, decimal targetRatio)
    {
        var ltv = MeanValue.Of(clients.ConvertAll(Standings.ValueOf));
        var acquired = clients.FindAll(client => client.Cac is not null);
        var cost = acquired.Sum(client => client.Cac!.Value);
        var value = acquired.Sum(Standings.ValueOf);
        decimal? headroom = acquired.Count > 0 ? Money.Round((value / targetRatio) - cost) : null;
        return new ChannelResult
        {
            Channel = NameOf(clients.Select(client => client.Channel)) ?? NameOf(spend.Select(row => row.Channel)),
            Clients = clients.Count,
            Spend = spend.Count > 0 ? spend.Sum(row => row.Amount) : null,
            Value = clients.Sum(Standings.ValueOf),
            Ltv = ltv,
            ClientsWithCac = acquired.Count,
            Cac = acquired.Count > 0 ? Money.Round(cost / acquired.Count) : null,
            LtvToCac = acquired.Count > 0 ? Money.Ratio(value, cost) : null,
            PaybackMonths = MedianPayback(acquired),
            PaidBack = acquired.Count(client => client.PaybackMonths is not null),
            AllowableCac = clients.Count > 0 ? Money.Round(ltv.Mean / targetRatio) : null,
            PrudentCac = ltv.Interval is { } interval ? Money.Round(interval.Low / targetRatio) : null,
            HeadroomPerClient = headroom is { } sum ? Money.Round(sum / acquired.Count) : null,
            Headroom = headroom,
        };
    }

    /// <summary>What makes two ways of writing a channel the same one; null for none.</summary>
    public static string? KeyOf(string? channel) => string.IsNullOrWhiteSpace(channel) ? null : channel.Trim().ToUpperInvariant();

    private static string? NameOf(IEnumerable<string?> channels) => channels
        .Where(channel => !string.IsNullOrWhiteSpace(channel))
        .CountBy(channel => channel!.Trim())
        .OrderByDescending(name => name.Value).ThenBy(name => name.Key, StringComparer.Ordinal)
        .Select(name => name.Key)
        .FirstOrDefault();

    /// <summary>A client that has not paid back yet will take longer than any that has: it stands last, it is not left out.</summary>
    private static double? MedianPayback(List<CustomerValuation> acquired)
    {
        var months = acquired.ConvertAll(client => client.PaybackMonths ?? double.PositiveInfinity);
        months.Sort();
        var middle = months.Count / 2;
        var median = (months.Count, months.Count % 2) switch
        {
            (0, _) => double.PositiveInfinity,
            (_, 1) => months[middle],
            _ => (months[middle - 1] + months[middle]) / 2,
        };
        return double.IsFinite(median) ? median : null;
    }
}
