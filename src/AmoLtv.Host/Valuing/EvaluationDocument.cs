using System.Globalization;
using AmoLtv.Core.Evaluation;
using AmoLtv.Core.Forecasting.Backtesting;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Host.Valuing;

/// <summary>An evaluated file as one line of JSON.</summary>
internal static class EvaluationDocument
{
    /// <param name="numbers">Of the formula.</param>
    /// <param name="forecast">Null where the file has no row to forecast from.</param>
    public static string Write(TransactionEvaluation numbers, ForecastEvaluation? forecast) => EvaluationJson.Write(
        new
        {
            Customers = numbers.CustomersInFile,
            numbers.Account.Purchases,
            numbers.Account.Revenue,
            numbers.Account.AsOf,
            Formula = Formula(numbers.Account),
            forecast?.KnownUntil,
            forecast?.HorizonDays,
            forecast?.PeriodDays,
            Models = forecast?.Models ?? [],
            Holdout = forecast?.Holdout.Select(Row) ?? [],
            Chosen = new { Method = forecast?.Choice.Method?.Name, Reason = Reason(forecast), Scores = forecast?.Choice.Scores.Select(score => new { Method = score.Method.Name, score.Score }) ?? [] },
            Calibration = forecast?.Grades ?? [],
            Forecast = forecast?.Forecast is { } sums ? new { sums.Purchases, sums.Value } : null,
            numbers.Account,
            numbers.Tiers,
        });

    /// <summary>Why the method was chosen, in a sentence.</summary>
    public static string Reason(ForecastEvaluation? forecast)
    {
        if (forecast is null)
        {
            return "There is no purchase to choose by.";
        }

        var scores = forecast.Choice.Scores;
        var why = forecast.Choice.Reason switch
        {
            ChoiceReason.ModelWon => "This model erred less than every simple method",
            ChoiceReason.CombinationWon => "The mean of two methods erred no more than the best single one",
            ChoiceReason.SimpleWon => "No model erred less than this simple method",
            _ => $"Too little to choose by: needed are {Backtest.LeastCustomers} customers and {Backtest.LeastDays} days.",
        };
        var periods = forecast.PeriodDays is { } days
            ? string.Create(CultureInfo.InvariantCulture, $" Purchases go by calendar periods of {days:0.##} days: models of continuous time do not fit and are no candidates, BG/BB is.")
            : "";
        return scores.Count == 0
            ? why + periods
            : string.Create(CultureInfo.InvariantCulture, $"{why} over {scores[0].Cuts} cuts inside the history: {Score(forecast.Choice)}.{periods}");
    }

    private static string Score(MethodChoice choice)
    {
        var own = choice.Scores.First(score => score.Method == choice.Method);
        var other = choice.Scores.FirstOrDefault(score => score.Method != choice.Method && score.Method is not CombinedMethod);
        return string.Create(CultureInfo.InvariantCulture, $"error {own.Score:0.0000}{(other is null ? "" : $", {other.Method.Name} {other.Score:0.0000}")}");
    }

    // Not rounded in between, so that the three give the fourth; rounded ones are beside them in the account.
    private static object Formula(AccountValuation account)
    {
        var order = account.Purchases > 0 ? account.Revenue / account.Purchases : (decimal?)null;
        return new
        {
            AverageOrderValue = order,
            PurchaseFrequency = account.PurchasesPerYear,
            CustomerLifetime = account.Lifetime.Years,
            Ltv = order is { } value && account.PurchasesPerYear is { } frequency ? (double)value * frequency * account.Lifetime.Years : (double?)null,
        };
    }

    private static object Row(HoldoutErrors row) => new
    {
        row.Method,
        row.PurchasesMae,
        row.PurchasesRmse,
        row.PurchasesTotalError,
        row.ValueMae,
        row.ValueRmse,
        row.ValueTotalError,
        row.Spearman,
        row.TopDecileShare,
        row.IntervalCoverage,
        row.IntervalCoveragePlain,
        row.IntervalNominal,
        row.ValueIntervalCoverage,
        row.ValueIntervalNominal,
    };
}
