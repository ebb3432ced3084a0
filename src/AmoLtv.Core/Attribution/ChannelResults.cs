using AmoLtv.Core.Segmentation;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Attribution;

/// <summary>The account's channels against what they cost.</summary>
public static class ChannelResults
{
    /// <summary>
    /// One row for each channel, the most valuable first, then by name, clients without a channel last.
    /// Case and spaces around a channel's name do not matter; the order of the valuations neither.
    /// </summary>
    /// <param name="valuations">The account's; only clients that ever bought count.</param>
    /// <param name="targetRatio">LTV wanted for each unit of CAC, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="targetRatio"/> is not above 0.</exception>
    public static IReadOnlyList<ChannelResult> Of(IEnumerable<CustomerValuation> valuations, decimal targetRatio)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(targetRatio);
        return
        [
            .. valuations
                .Where(value => value.Key.IsClient && value.HasBought)
                .GroupBy(value => value.Channel?.Trim().ToUpperInvariant())
                .Select(group => Of([.. group], targetRatio))
                .OrderBy(result => result.Channel is null)
                .ThenByDescending(result => result.Value).ThenBy(result => result.Channel, StringComparer.Ordinal),
        ];
    }

    private static ChannelResult Of(List<CustomerValuation> clients, decimal targetRatio)
    {
        var ltv = MeanValue.Of(clients.ConvertAll(Standings.ValueOf));
        var acquired = clients.FindAll(client => client.Cac is not null);
        var cost = acquired.Sum(client => client.Cac!.Value);
        var value = acquired.Sum(Standings.ValueOf);
        decimal? headroom = acquired.Count > 0 ? Money.Round((value / targetRatio) - cost) : null;
        return new ChannelResult
        {
            Channel = NameOf(clients),
            Clients = clients.Count,
            Value = clients.Sum(Standings.ValueOf),
            Ltv = ltv,
            ClientsWithCac = acquired.Count,
            Cac = acquired.Count > 0 ? Money.Round(cost / acquired.Count) : null,
            LtvToCac = acquired.Count > 0 ? Money.Ratio(value, cost) : null,
            PaybackMonths = MedianPayback(acquired),
            PaidBack = acquired.Count(client => client.PaybackMonths is not null),
            AllowableCac = Money.Round(ltv.Mean / targetRatio),
            PrudentCac = ltv.Interval is { } interval ? Money.Round(interval.Low / targetRatio) : null,
            HeadroomPerClient = headroom is { } sum ? Money.Round(sum / acquired.Count) : null,
            Headroom = headroom,
        };
    }

    private static string? NameOf(List<CustomerValuation> clients) => clients
        .Where(client => client.Channel is not null)
        .CountBy(client => client.Channel!.Trim())
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
