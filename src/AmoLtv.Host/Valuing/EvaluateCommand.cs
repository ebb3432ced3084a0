using System.CommandLine;
using AmoLtv.Core.Evaluation;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.Valuing;

/// <summary><c>amoltv evaluate</c>: AmoLtv on a plain file, without a CRM or a database.</summary>
public static class EvaluateCommand
{
    private const int LongestDays = 36_525;

    public static Command Create()
    {
        var csv = new Option<string>("--csv") { Description = "File with the columns customer_id, date, amount; every row is a purchase.", Required = true };
        var asOf = AsOfOption.Create("The date all numbers are of, YYYY-MM-DD; later rows are ignored. Left out: the last day of the file.");
        var holdout = Days("--holdout-days", "Hides so many last days from models and choice, and reports how well each method forecasts them.");
        var horizon = Days("--horizon-days", $"How many days to forecast after that date; {ForecastEvaluation.DefaultHorizonDays} if left out, at most the length of the history.");
        var json = new Option<bool>("--json") { Description = "Prints everything as one line of JSON instead of tables." };
        var customers = new Option<string?>("--customers") { Description = "File to write the numbers of every customer to, as CSV." };
        var command = new Command("evaluate", "Values and forecasts a plain CSV file without a CRM or database.") { csv, asOf, holdout, horizon, customers, json };
        command.SetAction(async (parsed, _) =>
        {
            var evaluation = Evaluate(parsed.GetRequiredValue(csv), parsed.GetValue(asOf), parsed.GetValue(holdout), parsed.GetValue(horizon));
            if (parsed.GetValue(customers) is { } path)
            {
                await EvaluatedCustomers.SaveAsync(path, evaluation.Numbers.Customers);
            }

            if (parsed.GetValue(json))
            {
                await Console.Out.WriteLineAsync(EvaluationDocument.Write(evaluation.Numbers, evaluation.Forecast));
            }
            else
            {
                EvaluationTables.Show(evaluation.Numbers, evaluation.Forecast);
            }

            return 0;
        });
        return command;
    }

    private static (TransactionEvaluation Numbers, ForecastEvaluation? Forecast) Evaluate(string path, DateOnly? fixedAsOf, int? holdoutDays, int? horizonDays)
    {
        var rows = TransactionFile.Read(path);
        var today = AccountDays.DayOf(TimeProvider.System.GetUtcNow(), TimeZoneInfo.Local);
        var asOf = TransactionEvaluation.AsOf(rows, today, fixedAsOf);
        if (holdoutDays is { } hidden && rows.Count > 0 && rows.Min(row => row.Day).DayNumber > asOf.DayNumber - hidden)
        {
            throw new CommandFailedException($"--holdout-days {hidden} hides the whole file, which begins on {rows.Min(row => row.Day):yyyy-MM-dd}: choose fewer days than lie between that day and {asOf:yyyy-MM-dd}.");
        }

        using var progress = new ConsoleProgress(TimeProvider.System);
        var forecasting = Task.Run(() => ForecastEvaluation.Of(
            rows, asOf, holdoutDays, horizonDays ?? ForecastEvaluation.DefaultHorizonDays, TimeProvider.System, new ForecastProgress(progress)));
        var numbers = TransactionEvaluation.Of(rows, new AccountSettings(), asOf);
        return (numbers, forecasting.GetAwaiter().GetResult());
    }

    private static Option<int?> Days(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && (!int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var days) || days is < 1 or > LongestDays))
            {
                result.AddError($"{name} takes a number of days from 1 to {LongestDays}, not '{text}'.");
            }
        });
        return option;
    }

    private sealed class ForecastProgress(ConsoleProgress console) : IProgress<(int Done, int Total)>
    {
        public void Report((int Done, int Total) value) =>
            console.Report(new RunProgress(default, "forecasting", new StepProgress(value.Done, value.Total, "models and cuts")));
    }
}
