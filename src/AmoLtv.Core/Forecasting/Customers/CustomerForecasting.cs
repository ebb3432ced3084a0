using AmoLtv.Core.Forecasting.Intervals;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>
/// Forecasts customers from stored parameters, each alone. Deterministic, safe for several threads.
/// <para>
/// The expectation is the chosen method's. A combination, the regression and the simple methods have no distribution of their own: their
/// intervals are those of <see cref="ForecastParameters.Distribution"/>, centred on their expectation customer by customer
/// (<see cref="LearnedDistribution"/>).
/// </para>
/// </summary>
public sealed class CustomerForecasting
{
    private const int ChunkSize = 1024;
    private const double WeeksOfYear = 365.25 / ForecastWindow.DaysPerUnit;

    private readonly ForecastParameters _parameters;
    private readonly ForecastWindow _window;
    private readonly CustomerValues _values;
    private readonly bool _isCentred;

    /// <param name="parameters">What was learned.</param>
    /// <param name="asOfDay">The last day known of the subjects; the forecast is of the days after it.</param>
    /// <param name="horizonMonths">Months to forecast, ≥ 1; cut to the history.</param>
    /// <param name="discountPercent">A year, 0..100.</param>
    /// <param name="basis">What values are of.</param>
    /// <exception cref="ArgumentNullException"><paramref name="parameters"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="horizonMonths"/> is below 1, or <paramref name="discountPercent"/> below 0.</exception>
    public CustomerForecasting(ForecastParameters parameters, int asOfDay, int horizonMonths, double discountPercent = 0, Basis basis = Basis.Revenue)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegative(discountPercent);
        _parameters = parameters;
        Horizon = parameters.Horizon(asOfDay, horizonMonths);
        _window = ForecastWindow.Of(asOfDay, Horizon.Days, parameters.Seasons);
        var discount = Math.Log(1 + discountPercent / 100) / WeeksOfYear * (Horizon.Days / ForecastWindow.DaysPerUnit);
        _values = new CustomerValues(parameters, _window, discount, basis);
        _isCentred = parameters.Method is not LearnedDistribution;
    }

    /// <summary>Probability an interval holds at least.</summary>
    public const double Nominal = 0.8;

    /// <summary>How far is forecast.</summary>
    public ForecastHorizon Horizon { get; }

    /// <summary>The last day known.</summary>
    public int AsOfDay => _window.AsOfDay;

    /// <summary>Forecasts one customer.</summary>
    public ClientForecast Forecast(in ForecastSubject subject) => Forecast(subject, new Scratch());

    /// <summary>Forecasts customers in parallel; the result does not depend on the number of cores.</summary>
    /// <param name="subjects">In any order.</param>
    /// <param name="forecasts">Filled in the same order.</param>
    /// <exception cref="ArgumentOutOfRangeException">The lengths differ.</exception>
    public void ForecastAll(ReadOnlyMemory<ForecastSubject> subjects, Memory<ClientForecast> forecasts)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(forecasts.Length, subjects.Length, nameof(forecasts));
        var chunks = (subjects.Length + ChunkSize - 1) / ChunkSize;
        Parallel.For(0, chunks, () => new Scratch(), (chunk, _, scratch) =>
        {
            var (from, to) = (chunk * ChunkSize, Math.Min(subjects.Length, (chunk + 1) * ChunkSize));
            var asked = subjects.Span[from..to];
            var given = forecasts.Span[from..to];
            for (var i = 0; i < asked.Length; i++)
            {
                given[i] = Forecast(asked[i], scratch);
            }

            return scratch;
        }, _ => { });
    }

    private ClientForecast Forecast(in ForecastSubject subject, Scratch scratch)
    {
        var purchases = _parameters.Method.Purchases(subject, _window);
        _parameters.Distribution.List(scratch.Counts, subject, _window, _isCentred ? purchases : null);
        var probabilities = scratch.Counts.Probabilities;
        var (expected, value) = _values.Of(subject, purchases, scratch.Counts, scratch.Values);
        return new ClientForecast(
            purchases,
            _parameters.Choice.Calibration.Apply(Math.Clamp(1 - probabilities[0], 0, 1)),
            PredictiveSet.OfCounts(probabilities, Nominal).Scaled(scratch.Counts.Lot),
            expected,
            value,
            subject.IsLost ? null : _parameters.Distribution.NextPurchaseDay(subject, _window.AsOfDay));
    }

    private sealed class Scratch
    {
        public CountList Counts { get; } = new();

        public ValueMixture Values { get; } = new();
    }
}
