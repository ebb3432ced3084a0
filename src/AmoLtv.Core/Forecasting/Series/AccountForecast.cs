namespace AmoLtv.Core.Forecasting.Series;

/// <summary>An account's monthly revenue, forecast by the method that did best on its own past, and its seasons. To be kept as JSON and shown.</summary>
public sealed record AccountForecast
{
    private const int Season = 12;

    /// <summary>The whole months known, without gaps, oldest first.</summary>
    public required IReadOnlyList<AccountMonth> Months { get; init; }

    /// <summary>Name of the method; null with fewer than three whole months, when there is no forecast.</summary>
    public string? Method { get; init; }

    /// <summary>How the methods did, the chosen one first.</summary>
    public IReadOnlyList<SeriesScore> Scores { get; init; } = [];

    /// <summary>The months after <see cref="Months"/>, the running one first.</summary>
    public IReadOnlyList<ForecastMonth> Forecast { get; init; } = [];

    /// <summary>Seasons of revenue, January to December; none with less than two years.</summary>
    public required SeasonalIndices RevenueSeasons { get; init; }

    /// <summary>Seasons of the number of purchases: they scale the horizon of each customer.</summary>
    public required SeasonalIndices PurchaseSeasons { get; init; }

    /// <summary>Forecasts from the months that were over at <paramref name="asOf"/>; months left out are taken for months without purchases.</summary>
    /// <param name="months">In any order, each month once.</param>
    /// <param name="asOf">The day the numbers are of; its own month is not over.</param>
    /// <param name="horizonMonths">≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="horizonMonths"/> is below 1.</exception>
    /// <exception cref="ArgumentException">A month stands twice.</exception>
    public static AccountForecast Of(IEnumerable<AccountMonth> months, DateOnly asOf, int horizonMonths)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizonMonths, 1);
        var whole = Whole(months, new DateOnly(asOf.Year, asOf.Month, 1));
        var revenue = whole.Select(month => month.Revenue).ToArray();
        var seasons = (Revenue: Seasons(whole, revenue), Purchases: Seasons(whole, [.. whole.Select(month => (double)month.Purchases)]));
        var forecast = new AccountForecast { Months = whole, RevenueSeasons = seasons.Revenue, PurchaseSeasons = seasons.Purchases };
        return SeriesForecasting.Forecast(revenue, Season, horizonMonths) is { } choice
            ? forecast with
            {
                Method = choice.Method.Name,
                Scores = [.. choice.Errors.Select(error => new SeriesScore(error.Method.Name, error.Origins, error.Mase, error.Smape))],
                Forecast = [.. choice.Forecast.Select((value, h) => new ForecastMonth(whole[^1].Month.AddMonths(h + 1), value, choice.Low[h], choice.High[h]))],
            }
            : forecast;
    }

    private static SeasonalIndices Seasons(List<AccountMonth> months, double[] values) =>
        months.Count > 0 && Array.TrueForAll(values, double.IsFinite) ? SeasonalIndices.Estimate(values, months[0].Month.Month) : SeasonalIndices.None;

    // From the first month with something to the one before the running one.
    private static List<AccountMonth> Whole(IEnumerable<AccountMonth> months, DateOnly running)
    {
        var known = months.Where(month => month.Month < running).ToDictionary(month => new DateOnly(month.Month.Year, month.Month.Month, 1));
        var whole = new List<AccountMonth>();
        for (var month = known.Count > 0 ? known.Keys.Min() : running; month < running; month = month.AddMonths(1))
        {
            whole.Add(known.GetValueOrDefault(month) is { } sold ? sold with { Month = month } : new AccountMonth(month, 0, 0));
        }

        return whole;
    }
}
