using AmoLtv.Core.Forecasting.Customers;
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
    public override LearnedMethod? Learn(PurchaseLog log, int horizonDays) => log.FitOf(Kind) is { IsUsable: true } fit ? new LearnedModel(fit) : null;
}
