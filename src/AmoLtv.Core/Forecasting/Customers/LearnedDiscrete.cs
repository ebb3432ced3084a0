using AmoLtv.Core.Forecasting.Fitting;
using AmoLtv.Core.Forecasting.Intervals;
using AmoLtv.Core.Forecasting.Purchases;

namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>A fitted BG/BB model: a horizon is the calendar periods that end within it, and seasons within a period do not matter to it.</summary>
/// <param name="Fit">A fit that <see cref="DiscreteFit.IsUsable">is usable</see>: with another every forecast is an <see cref="InvalidOperationException"/>.</param>
/// <param name="PeriodDays">Length of a period in days.</param>
/// <param name="SeenDay">Day of the base's last purchase: the days since it have shown no opportunity, so that nobody is seen to let one pass.</param>
public sealed record LearnedDiscrete(DiscreteFit Fit, double PeriodDays, int SeenDay) : LearnedDistribution
{
    private const double LongestWait = 3652.5;

    private BgBbModel Model => Fit.Model ?? throw new InvalidOperationException("There is no model to forecast with.");

    /// <inheritdoc/>
    public override double Purchases(in ForecastSubject subject, in ForecastWindow window)
    {
        var history = subject.Periods(PeriodDays, SeenDay);
        return Model.ExpectedPurchases(history, Ahead(subject, history, window));
    }

    /// <inheritdoc/>
    public override double RepeatProbability(in ForecastSubject subject, in ForecastWindow window, double? mean)
    {
        var list = new CountList();
        List(list, subject, window, mean);
        return Math.Clamp(1 - list.Probabilities[0], 0, 1);
    }

    /// <inheritdoc/>
    public override int? NextPurchaseDay(in ForecastSubject subject, int asOfDay)
    {
        var history = subject.Periods(PeriodDays, SeenDay);
        var longest = (int)Math.Ceiling(LongestWait / PeriodDays) + 1;
        var periods = 1;
        while (periods <= longest && Model.SilenceIfStaying(history, periods) > 0.5)
        {
            periods++;
        }

        var day = Math.Max(asOfDay + 1, subject.FirstDay + (int)Math.Round((history.Periods + periods) * PeriodDays));
        return periods <= longest && day - asOfDay <= LongestWait ? day : null;
    }

    /// <inheritdoc/>
    internal override void List(CountList counts, in ForecastSubject subject, in ForecastWindow window, double? mean)
    {
        var history = subject.Periods(PeriodDays, SeenDay);
        var ahead = Ahead(subject, history, window);
        var (periods, part, lift) = mean is { } wanted ? Centre(history, ahead, wanted) : (ahead, 0, 1);
        counts.FillDiscrete(Model, history, periods, part, lift);
    }

    private int Ahead(in ForecastSubject subject, in DiscreteSummary history, in ForecastWindow window) =>
        Math.Max(0, DiscreteTime.PeriodsBetween(subject.FirstDay, PeriodDays, window.AsOfDay + window.Days) - history.Periods);

    // Periods are whole: the mean lies between those of two neighbours, mixed by the part of the longer one.
    private (int Periods, double Part, double Lift) Centre(in DiscreteSummary history, int ahead, double wanted)
    {
        var (low, high) = ((int)(ahead / MostStretch), (int)Math.Max(1, ahead * MostStretch));
        var most = Model.ExpectedPurchases(history, high);
        if (wanted >= most)
        {
            return (high, 0, most > 0 ? Math.Min(wanted / most, 1 / Model.AliveProbability(history)) : 1);
        }

        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = Model.ExpectedPurchases(history, middle) <= wanted ? (middle, high) : (low, middle);
        }

        var (below, above) = (Model.ExpectedPurchases(history, low), Model.ExpectedPurchases(history, high));
        return (low, above > below ? Math.Clamp((wanted - below) / (above - below), 0, 1) : 0, 1);
    }
}
