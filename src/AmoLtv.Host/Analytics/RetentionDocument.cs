using AmoLtv.Core.Forecasting.Retention;

namespace AmoLtv.Host.Analytics;

/// <summary>How long clients stay, by their own rhythm and as if they held yearly contracts.</summary>
/// <param name="Clients">Followed long enough to say something.</param>
/// <param name="Lost">Of them lost.</param>
/// <param name="EndYears">The longest time followed; nothing is known beyond.</param>
/// <param name="Curve">Share still here by years since the first purchase, with its 95 % band: at most one point a month.</param>
/// <param name="Renewals">Yearly renewals and what they promise.</param>
internal sealed record RetentionDocument(
    int Clients, int Lost, double EndYears, IReadOnlyList<RetentionPoint> Curve, RenewalsDocument Renewals)
{
    private const int StepsPerYear = 12;

    public static RetentionDocument Of(AnalysedBase analysed)
    {
        var followed = analysed.Clients
            .Select(client => client.Valuation.Relationship?.Observe())
            .Where(observation => observation is not null)
            .Select(observation => new FollowedCustomer(observation!.Value.Years, observation.Value.IsLost))
            .ToList();
        var curve = RetentionCurve.Estimate(followed);
        return new RetentionDocument(
            curve.Customers, followed.Count(customer => customer.IsLost), curve.End, Thin(curve.Points), RenewalsDocument.Of(analysed));
    }

    /// <summary>The last step of each month, with all losses of that month.</summary>
    private static IReadOnlyList<RetentionPoint> Thin(IReadOnlyList<RetentionPoint> points) =>
    [
        .. points
            .GroupBy(point => (int)Math.Ceiling(point.Time * StepsPerYear))
            .Select(month => month.Last() with { AtRisk = month.First().AtRisk, Lost = month.Sum(point => point.Lost) }),
    ];
}
