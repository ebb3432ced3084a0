using AmoLtv.Core.Forecasting.Series;
using AmoLtv.Core.Forecasting.Spending;

namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>
/// All that was learned of a base: with it every customer is forecast alone, on this night and on later ones. Kept as JSON
/// (<see cref="Settings.SettingsJson.Options"/>), from which it comes back to the last bit.
/// </summary>
public sealed record ForecastParameters
{
    /// <summary>The method, and by what it was chosen.</summary>
    public required StoredChoice Choice { get; init; }

    /// <summary>What the method has learned.</summary>
    public required LearnedMethod Method { get; init; }

    /// <summary>Gives the intervals: the method itself where it has a distribution, else the best single one that has.</summary>
    public required LearnedDistribution Distribution { get; init; }

    /// <summary>What a purchase is worth.</summary>
    public required LearnedSpend Spend { get; init; }

    /// <summary>Margin as a share of revenue; null where no customer has revenue.</summary>
    public ShrunkRatio? MarginShare { get; init; }

    /// <summary>Credit notes as a share of revenue; null where no customer has revenue.</summary>
    public ShrunkRatio? ReturnShare { get; init; }

    /// <summary>Seasons of the account's purchases.</summary>
    public SeasonalIndices Seasons { get; init; } = SeasonalIndices.None;

    /// <summary>The last day of what was learned from.</summary>
    public required int LearnedDay { get; init; }

    /// <summary>Day of the first purchase of the base.</summary>
    public required int FirstDay { get; init; }

    /// <summary>Days forecast when learning: the regression and the repeated window are of this length.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>Customers with a purchase.</summary>
    public required int Customers { get; init; }

    /// <summary>Customers the choice and what is not fitted to all were learned from.</summary>
    public required int SampleSize { get; init; }

    /// <summary>The calendar period purchases go by, in days; null where they happen at any time.</summary>
    public double? PeriodDays { get; init; }

    /// <summary>True where a subject has to know its last window (<see cref="ForecastSubject.WindowPurchases"/>).</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool NeedsWindow => Needs(Method);

    /// <summary>The horizon after a day: the months asked for, or as far as the history goes back.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="months"/> is below 1.</exception>
    public ForecastHorizon Horizon(int asOfDay, int months) => ForecastHorizon.Of(asOfDay, months, FirstDay);

    private static bool Needs(LearnedMethod method) => method switch
    {
        LearnedBaseline baseline => baseline.Kind == Backtesting.BaselineKind.LastWindow,
        LearnedCombination pair => Needs(pair.First) || Needs(pair.Second),
        _ => false,
    };
}
