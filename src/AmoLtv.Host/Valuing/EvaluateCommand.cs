using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AmoLtv.Core.Evaluation;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using Spectre.Console;

namespace AmoLtv.Host.Valuing;

/// <summary><c>amoltv evaluate</c>: AmoLtv on a plain file, without a CRM or a database.</summary>
public static class EvaluateCommand
{
    public static Command Create()
    {
        var csv = new Option<string>("--csv") { Description = "File with the columns customer_id, date, amount.", Required = true };
        var asOf = new Option<DateOnly?>("--as-of")
        {
            Description = "The date all numbers are of, YYYY-MM-DD; left out: the first of this month, or the last purchase if later.",
        };
        var json = new Option<bool>("--json") { Description = "Prints the numbers as one line of JSON at the end of standard output." };
        var customers = new Option<string?>("--customers") { Description = "File to write the numbers of every customer to, as CSV." };
        var command = new Command("evaluate", "Values a plain CSV file without a CRM or database.") { csv, asOf, customers, json };
        command.SetAction(async (parsed, _) =>
        {
            var rows = TransactionFile.Read(parsed.GetRequiredValue(csv));
            var today = AccountDays.DayOf(TimeProvider.System.GetUtcNow(), TimeZoneInfo.Local);
            var evaluation = TransactionEvaluation.Of(rows, new AccountSettings(), today, parsed.GetValue(asOf));
            Show(evaluation);
            if (parsed.GetValue(customers) is { } path)
            {
                await EvaluatedCustomers.WriteAsync(path, evaluation.Customers);
            }

            if (parsed.GetValue(json))
            {
                await Console.Out.WriteLineAsync(Json(evaluation));
            }

            return 0;
        });
        return command;
    }

    private static string Json(TransactionEvaluation evaluation) => JsonSerializer.Serialize(
        new
        {
            customers = evaluation.CustomersInFile,
            valued = evaluation.Customers.Count,
            purchases = evaluation.Account.Purchases,
            revenue = evaluation.Account.Revenue,
            excluded = evaluation.Account.Leads.Excluded,
            asOf = evaluation.Account.AsOf,
            account = evaluation.Account,
            tiers = evaluation.Tiers,
        },
        SettingsJson.Options);

    private static void Show(TransactionEvaluation evaluation)
    {
        var account = evaluation.Account;
        var numbers = new Table().Border(TableBorder.Simple).HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned());
        void Row(string name, string value) => numbers.AddRow(Markup.Escape(name), Markup.Escape(value));
        Row("as of", account.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Row("customers in the file", Number(evaluation.CustomersInFile, "N0"));
        Row("of them valued", Number(evaluation.Customers.Count, "N0"));
        Row("purchases", Number(account.Purchases, "N0"));
        Row("revenue", Number(account.Revenue, "N2"));
        foreach (var (reason, count) in account.Leads.Excluded.OrderBy(pair => pair.Key))
        {
            Row($"rows excluded, {EnumText.Of(reason)}", Number(count, "N0"));
        }

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
        var tiers = new Table().Border(TableBorder.Simple).AddColumns("tier", "clients", "LTV", "bought", "share of value");
        foreach (var tier in evaluation.Tiers)
        {
            tiers.AddRow(tier.Tier, Number(tier.Clients, "N0"), Number(tier.Ltv, "N2"), Number(tier.Bought, "N2"), Number(tier.Share, "P1"));
        }

        AnsiConsole.Write(numbers);
        AnsiConsole.Write(tiers);
    }

    private static string Number(IFormattable? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
