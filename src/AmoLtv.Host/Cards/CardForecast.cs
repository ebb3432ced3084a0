using System.Text.Json;
using AmoLtv.Core.Forecasting.Backtesting;
using AmoLtv.Core.Forecasting.Customers;
using AmoLtv.Core.Settings;

namespace AmoLtv.Host.Cards;

/// <summary>The forecast of a card, or what is missing for one.</summary>
public static class CardForecast
{
    private const double DaysOfMonth = 365.25 / 12;

    /// <summary>Fewer clients say nothing about a probability.</summary>
    private const int LeastOfGrade = 30;

    public static ForecastPart? Of(CardRow row, AccountSettings settings) =>
        row is { ExpectedValue: { } value, RepeatProbability: { } repeat }
            ? new ForecastPart(
                MonthsOf(row, settings), value, row.ValueLow ?? 0, row.ValueHigh ?? 0, row.ValueOrNone ?? false, row.ValueProbability ?? 0,
                row.ExpectedPurchases ?? 0, repeat, row.NextPurchase, GradeOf(row.Grades, repeat))
            : null;

    public static NoForecastPart? WhyNone(CardRow row) => row switch
    {
        { ExpectedValue: not null } => null,
        { Refusal: { } json } when JsonSerializer.Deserialize<ForecastRefusal>(json, SettingsJson.Options) is { } refusal =>
            new NoForecastPart(JsonNamingPolicy.CamelCase.ConvertName(refusal.Reason.ToString()), refusal.Have, refusal.Need),
        _ => new NoForecastPart("notYet", 0, 0),
    };

    private static int MonthsOf(CardRow row, AccountSettings settings) =>
        row is { AsOf: { } day, FirstDay: { } first } && ForecastHorizon.Of(day.DayNumber, settings.HorizonMonths, first) is { IsCut: true } horizon
            ? Math.Max(1, (int)Math.Round(horizon.Days / DaysOfMonth))
            : settings.HorizonMonths;

    private static GradePart? GradeOf(string? json, double probability)
    {
        var grades = json is null ? null : JsonSerializer.Deserialize<CalibrationGrade[]>(json, SettingsJson.Options);
        var found = grades?.FirstOrDefault(grade => probability >= grade.From && (probability < grade.To || grade.To >= 1));
        return found is { Customers: >= LeastOfGrade, Bought: { } share }
            ? new GradePart(found.Customers, (int)Math.Round(share * found.Customers))
            : null;
    }
}
