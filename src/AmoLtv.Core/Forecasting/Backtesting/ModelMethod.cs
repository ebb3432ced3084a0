using AmoLtv.Core.Forecasting.Intervals;
using AmoLtv.Core.Forecasting.Purchases;

namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>A purchase model, fitted to the log, times the Gamma-Gamma (or shrunk) mean value.</summary>
public sealed record ModelMethod(PurchaseModelKind Kind) : ForecastMethod
{
    /// <summary>The models of continuous time.</summary>
    public static IReadOnlyList<PurchaseModelKind> Kinds { get; } =
        [PurchaseModelKind.Nbd, PurchaseModelKind.BgNbd, PurchaseModelKind.MbgNbd, PurchaseModelKind.MbgCnbd, PurchaseModelKind.ParetoNbd];

    /// <inheritdoc/>
    public override string Name => char.ToLowerInvariant(Kind.ToString()[0]) + Kind.ToString()[1..];

    /// <inheritdoc/>
    public override MethodForecast? Forecast(PurchaseLog log, int horizonDays)
    {
        var fit = log.FitOf(Kind);
        if (!fit.IsUsable)
        {
            return null;
        }

        var horizon = horizonDays / PurchaseLog.DaysPerUnit;
        var purchases = Array.ConvertAll(log.Histories, history => fit.Model.ExpectedPurchases(history, horizon));
        return new MethodForecast(purchases, Product(purchases, MeanValues(log)), ForecastPlan.From(fit, log.SpendFit, horizon));
    }
}
