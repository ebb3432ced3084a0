using AmoLtv.Core.Forecasting.Fitting;
using AmoLtv.Core.Forecasting.Retention;

namespace AmoLtv.Host.Analytics;

/// <summary>Clients as holders of yearly contracts: one renews by buying between two anniversaries of its first purchase.</summary>
/// <param name="Observed">Renewal by renewal, what happened and what the model says.</param>
/// <param name="Model">The shifted-beta-geometric model; null where <paramref name="Refusal"/> says why there is none.</param>
/// <param name="LogLikelihood">Null without a model.</param>
/// <param name="Warnings">What the reader of the model has to know.</param>
/// <param name="Refusal">Null where there is a model.</param>
/// <param name="Holding">Clients that never let a whole year pass.</param>
/// <param name="Forecast">Of them, how many are expected to be left after the next renewal, the one after it, and so on; empty without a model.</param>
internal sealed record RenewalsDocument(
    IReadOnlyList<RenewalRow> Observed,
    ShiftedBetaGeometric? Model,
    double? LogLikelihood,
    IReadOnlyList<FitWarningCode> Warnings,
    FitRefusal? Refusal,
    int Holding,
    IReadOnlyList<double> Forecast)
{
    private const int YearsAhead = 5;

    public static RenewalsDocument Of(AnalysedBase analysed)
    {
        var counts = Count(analysed);
        // Who has not been through a whole second year says nothing about renewing.
        var fit = ShiftedBetaGeometric.Fit(counts.Where(count => count.IsLost || count.Renewals > 0));
        var holding = counts.Where(count => !count.IsLost).ToList();
        return new RenewalsDocument(
            Rows(counts, fit.Model),
            fit.Model,
            fit.IsUsable ? fit.LogLikelihood : null,
            [.. fit.Warnings.Select(warning => warning.Code)],
            fit.Refusal,
            (int)holding.Sum(count => count.Count),
            fit.Model is { } model ? [.. Enumerable.Range(1, YearsAhead).Select(year => holding.Sum(count => Left(model, count, year)))] : []);
    }

    private static IReadOnlyList<RenewalCount> Count(AnalysedBase analysed)
    {
        var firsts = new List<DateOnly>(analysed.Clients.Count);
        var places = new int[analysed.Clients.Count];
        foreach (var (client, row) in analysed.Clients.Index())
        {
            places[client] = firsts.Count;
            if (row.FirstPurchase is { } first)
            {
                firsts.Add(first);
            }
        }

        var purchases = analysed.Purchases.Where(purchase => !purchase.IsCreditNote).Select(purchase => (places[purchase.Client], purchase.Day));
        return AnnualRenewals.Count(firsts, purchases, analysed.Account.AsOf);
    }

    private static double Left(ShiftedBetaGeometric model, RenewalCount held, int year) =>
        held.Count * model.Survival(held.Renewals + year) / model.Survival(held.Renewals);

    private static IReadOnlyList<RenewalRow> Rows(IReadOnlyList<RenewalCount> counts, ShiftedBetaGeometric? model)
    {
        var last = counts.Count == 0 ? 0 : counts.Max(count => count.Renewals);
        return [.. Enumerable.Range(1, last).Select(Row)];

        RenewalRow Row(int renewal)
        {
            var atRisk = counts.Where(count => count.Renewals >= renewal).Sum(count => count.Count);
            var lost = counts.Where(count => count.IsLost && count.Renewals == renewal).Sum(count => count.Count);
            return new RenewalRow(renewal, (int)atRisk, (int)(atRisk - lost), model?.RetentionRate(renewal));
        }
    }
}
