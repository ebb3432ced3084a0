using System.Globalization;
using AmoLtv.Core.Evaluation;
using AmoLtv.Core.Forecasting.Backtesting;
using Spectre.Console;

namespace AmoLtv.Host.Valuing;

/// <summary>An evaluated file as tables.</summary>
internal static class EvaluationTables
{
    public static void Show(TransactionEvaluation numbers, ForecastEvaluation? forecast)
    {
        AnsiConsole.Write(Account(numbers));
        AnsiConsole.Write(Tiers(numbers));
        if (forecast is null)
        {
            return;
        }

        AnsiConsole.Write(Models(forecast));
        if (forecast.Holdout.Count > 0)
        {
            AnsiConsole.Write(Purchases(forecast));
            AnsiConsole.Write(Values(forecast));
            AnsiConsole.Write(Grades(forecast));
        }

        // Not through the table's console: a sentence is read in logs too, unbroken.
        Console.Out.WriteLine($"Chosen: {forecast.Choice.Method?.Name ?? "no method"}. {EvaluationDocument.Reason(forecast)}");
        if (forecast.Forecast is { } sums)
        {
            Console.Out.WriteLine($"Expected in the {forecast.HorizonDays} days after {numbers.Account.AsOf:yyyy-MM-dd}: {Number(sums.Purchases, "N1")} purchases, value {Number(sums.Value, "N2")}.");
        }
    }

    private static Table Account(TransactionEvaluation evaluation)
    {
        var account = evaluation.Account;
        var table = new Table().Border(TableBorder.Simple).HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned());
        void Row(string name, string value) => table.AddRow(Markup.Escape(name), Markup.Escape(value));
        Row("as of", account.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Row("customers", Number(evaluation.CustomersInFile, "N0"));
        Row("purchases", Number(account.Purchases, "N0"));
        Row("revenue", Number(account.Revenue, "N2"));
        Row("average order value", Number(account.AverageOrderValue, "N2"));
        Row("revenue per client", Number(account.RevenuePerClient, "N2"));
        Row("purchases a year, mean over clients", Number(account.PurchasesPerYear, "N4"));
        Row($"lifetime, years ({EnumText.Of(account.Lifetime.Source)})", Number(account.Lifetime.Years, "N4"));
        Row("  lost clients seen / clients followed", $"{Number(account.Lifetime.Events, "N0")} / {Number(account.Lifetime.Subjects, "N0")}");
        Row("  beyond the last time ten were at risk", Number(account.Lifetime.ShareBeyondTau, "P1"));
        Row("typical gap, days", Number(account.TypicalGap.Days, "N1"));
        Row("formula LTV of the account", Number(account.FormulaLtv, "N2"));
        Row("monthly value × lifetime", Number(account.MonthlyValueLtv, "N2"));
        Row("mean of the clients' formula LTV", Number(account.MeanOfClientsFormulaLtv, "N2"));
        return table;
    }

    private static Table Tiers(TransactionEvaluation evaluation)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("tier", "clients", "LTV", "bought", "share of value");
        foreach (var tier in evaluation.Tiers)
        {
            table.AddRow(Markup.Escape(tier.Tier), Number(tier.Clients, "N0"), Number(tier.Ltv, "N2"), Number(tier.Bought, "N2"), Number(tier.Share, "P1"));
        }

        return table;
    }

    private static Table Models(ForecastEvaluation forecast)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns($"model until {forecast.KnownUntil:yyyy-MM-dd}", "log-likelihood", "fit, ms", "parameters", "warnings");
        foreach (var model in forecast.Models)
        {
            var parameters = string.Join("\n", model.Parameters.Select(parameter => $"{parameter.Key} {parameter.Value.ToString("G5", CultureInfo.InvariantCulture)}"));
            table.AddRow(
                Markup.Escape(model.Name), Number(model.LogLikelihood, "F3"), Number(model.FitMilliseconds, "F0"), Markup.Escape(parameters), Markup.Escape(string.Join("\n", model.Warnings)));
        }

        return table;
    }

    // Two tables: one would not fit into 80 columns.
    private static Table Purchases(ForecastEvaluation forecast)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("purchases", "MAE", "RMSE", "total", "Spearman", "top tenth", "coverage", "plain", "nominal");
        foreach (var row in forecast.Holdout)
        {
            table.AddRow(
                Name(row, forecast), Number(row.PurchasesMae, "F3"), Number(row.PurchasesRmse, "F3"), Percent(row.PurchasesTotalError),
                Number(row.Spearman, "F3"), Number(row.TopDecileShare, "P1"),
                Number(row.IntervalCoverage, "F3"), Number(row.IntervalCoveragePlain, "F3"), Number(row.IntervalNominal, "F3"));
        }

        return table;
    }

    private static Table Values(ForecastEvaluation forecast)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("value", "MAE", "RMSE", "total", "in interval", "nominal");
        foreach (var row in forecast.Holdout)
        {
            table.AddRow(
                Name(row, forecast), Number(row.ValueMae, "F2"), Number(row.ValueRmse, "F2"), Percent(row.ValueTotalError),
                Number(row.ValueIntervalCoverage, "F3"), Number(row.ValueIntervalNominal, "F3"));
        }

        return table;
    }

    private static string Name(HoldoutErrors row, ForecastEvaluation forecast) => row.Method == forecast.Choice.Method?.Name ? $"{row.Method} *" : row.Method;

    private static string Percent(double? error) => error?.ToString("+0.0;-0.0", CultureInfo.InvariantCulture) + (error is null ? "-" : " %");

    private static Table Grades(ForecastEvaluation forecast)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("forecast to buy again", "customers", "mean forecast", "bought again, of 100");
        foreach (CalibrationGrade grade in forecast.Grades)
        {
            table.AddRow($"{Number(100 * grade.From, "F0")}–{Number(100 * grade.To, "F0")} %", Number(grade.Customers, "N0"), Number(grade.Expected, "P0"), Number(100 * grade.Bought, "F0"));
        }

        return table;
    }

    private static string Number(IFormattable? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
