using AmoLtv.Core.Forecasting.Fitting;
using AmoLtv.Core.Forecasting.Purchases;
using AmoLtv.Core.Forecasting.Spending;

namespace AmoLtv.Core.Forecasting.Intervals;

/// <summary>How customers are forecast: the models, the horizon, what an interval holds.</summary>
/// <param name="Purchases">Model of the purchases.</param>
/// <param name="Spend">Model of the value of a purchase; null for purchases alone.</param>
/// <param name="Horizon">Length in the models' unit of time, ≥ 0, seasonality already in it.</param>
public sealed record ForecastPlan(PurchaseModel Purchases, GammaGammaModel? Spend, double Horizon)
{
    /// <summary>Draws of both models' parameters for a small base; empty for a large one.</summary>
    public IReadOnlyList<Weighted<(PurchaseModel Purchases, GammaGammaModel? Spend)>> Draws { get; init; } = [];

    /// <summary>Probability an interval has to hold at least, 0..1.</summary>
    public double Nominal { get; init; } = 0.8;

    /// <summary>Continuous discount rate per unit of time, ≥ 0.</summary>
    public double DiscountRate { get; init; }

    /// <summary>Factor on every value: drift of the order value, margin share, seasonality of amounts.</summary>
    public double ValueFactor { get; init; } = 1;

    /// <summary>The plan from two fits, with their draws joined in order where the base is small. Throws <see cref="ArgumentException"/> where the purchase fit was refused.</summary>
    public static ForecastPlan From(PurchaseFit purchases, SpendFit? spend, double horizon)
    {
        ArgumentNullException.ThrowIfNull(purchases);
        if (!purchases.IsUsable)
        {
            throw new ArgumentException("There is no model to forecast with.", nameof(purchases));
        }

        return new ForecastPlan(purchases.Model, spend?.Model, horizon) { Draws = Join(purchases.Draws, spend) };
    }

    /// <summary>The draws of the purchase model alone.</summary>
    internal IReadOnlyList<Weighted<PurchaseModel>> PurchaseDraws() => [.. Draws.Select(draw => new Weighted<PurchaseModel>(draw.Model.Purchases, draw.Weight))];

    /// <summary>The draws of the spend model alone; empty without one.</summary>
    internal IReadOnlyList<Weighted<GammaGammaModel>> SpendDraws() =>
        Spend is { } spend ? [.. Draws.Select(draw => new Weighted<GammaGammaModel>(draw.Model.Spend ?? spend, draw.Weight))] : [];

    // Both lists follow the same quasi-random points: a stride keeps partners from being alike.
    private static int Partner(int index, SpendFit spend) => (7 * index + 3) % spend.Draws.Count;

    private static List<Weighted<(PurchaseModel Purchases, GammaGammaModel? Spend)>> Join(IReadOnlyList<Weighted<PurchaseModel>> purchases, SpendFit? spend)
    {
        if (purchases.Count == 0)
        {
            return [];
        }

        var joined = purchases.Select((draw, i) => spend is { Draws.Count: > 0 }
            ? (Models: (draw.Model, (GammaGammaModel?)spend.Draws[Partner(i, spend)].Model), Weight: draw.Weight * spend.Draws[Partner(i, spend)].Weight)
            : (Models: (draw.Model, spend?.Model), draw.Weight)).ToList();
        var total = joined.Sum(draw => draw.Weight);
        return [.. joined.Select(draw => new Weighted<(PurchaseModel, GammaGammaModel?)>(draw.Models, draw.Weight / total))];
    }
}
