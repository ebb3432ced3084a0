using AmoLtv.Core.Forecasting.Fitting;
using AmoLtv.Core.Forecasting.Purchases;
using AmoLtv.Core.Forecasting.Spending;

namespace AmoLtv.Core.Forecasting.Intervals;

/// <summary>
/// Forecasts customers under a plan: expectations and the smallest sets that hold the nominal probability. Deterministic. An
/// instance keeps scratch and serves one thread at a time; <see cref="ForecastAll"/> uses one for each core.
/// </summary>
public sealed class CustomerForecaster(ForecastPlan plan)
{
    private const int ChunkSize = 4096;

    private readonly CountList _counts = new();
    private readonly ValueMixture _values = new();
    private readonly IReadOnlyList<Weighted<PurchaseModel>> _purchaseDraws = plan.PurchaseDraws();
    private readonly IReadOnlyList<Weighted<GammaGammaModel>> _spendDraws = plan.SpendDraws();

    /// <summary>Forecasts one customer. <paramref name="spend"/> counts the purchases the spend model was fitted to: repeat purchases with an amount.</summary>
    public CustomerForecast Forecast(in RepeatSummary history, in SpendSummary spend)
    {
        _counts.Fill(plan.Purchases, _purchaseDraws, history, plan.Horizon);
        var probabilities = _counts.Probabilities;
        var purchases = PredictiveSet.OfCounts(probabilities, plan.Nominal).Scaled(_counts.Lot);
        var expected = Expected(history);
        var repeat = Math.Clamp(1 - probabilities[0], 0, 1);
        if (plan.Spend is null)
        {
            return new CustomerForecast(expected, repeat, _counts.Alive, 0, 0, purchases, default);
        }

        var factor = plan.ValueFactor * Discount(history);
        var mean = MeanValue(spend);
        var value = _values.Set(probabilities, plan.Spend, _spendDraws, plan.Nominal, spend, factor * _counts.Lot);
        return new CustomerForecast(expected, repeat, _counts.Alive, mean * plan.ValueFactor, mean * factor * expected, purchases, value);
    }

    /// <summary>
    /// Forecasts customers in parallel, in chunks of a fixed size: the result does not depend on the number of cores.
    /// <paramref name="spends"/> is empty for purchases alone; otherwise all three have one length.
    /// </summary>
    public static void ForecastAll(ForecastPlan plan, ReadOnlyMemory<RepeatSummary> histories, ReadOnlyMemory<SpendSummary> spends, Memory<CustomerForecast> forecasts)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentOutOfRangeException.ThrowIfNotEqual(forecasts.Length, histories.Length, nameof(forecasts));
        var chunks = (histories.Length + ChunkSize - 1) / ChunkSize;
        Parallel.For(0, chunks, () => new CustomerForecaster(plan), (chunk, _, forecaster) =>
        {
            var (from, to) = (chunk * ChunkSize, Math.Min(histories.Length, (chunk + 1) * ChunkSize));
            for (var i = from; i < to; i++)
            {
                forecasts.Span[i] = forecaster.Forecast(histories.Span[i], spends.IsEmpty ? default : spends.Span[i]);
            }

            return forecaster;
        }, _ => { });
    }

    private double Expected(in RepeatSummary history)
    {
        if (_purchaseDraws.Count == 0)
        {
            return _counts.Alive * plan.Purchases.ExpectedIfHere(history, plan.Horizon);
        }

        double expected = 0;
        foreach (var draw in _purchaseDraws)
        {
            expected += draw.Weight * draw.Model.ExpectedPurchases(history, plan.Horizon);
        }

        return expected;
    }

    private double MeanValue(in SpendSummary spend)
    {
        if (_spendDraws.Count == 0)
        {
            return plan.Spend!.ExpectedMean(spend);
        }

        double mean = 0;
        foreach (var draw in _spendDraws)
        {
            mean += draw.Weight * draw.Model.ExpectedMean(spend);
        }

        return mean;
    }

    private double Discount(in RepeatSummary history)
    {
        if (plan.DiscountRate == 0)
        {
            return 1;
        }

        var expected = plan.Purchases.ExpectedPurchases(history, plan.Horizon);
        return expected > 0 ? plan.Purchases.DiscountedPurchases(history, plan.DiscountRate, plan.Horizon) / expected : 1;
    }
}
