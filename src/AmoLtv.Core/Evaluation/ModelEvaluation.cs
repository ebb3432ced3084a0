using AmoLtv.Core.Forecasting.Backtesting;
using AmoLtv.Core.Forecasting.Fitting;
using AmoLtv.Core.Forecasting.Purchases;

namespace AmoLtv.Core.Evaluation;

/// <summary>Fits every model to a log and says what came of it.</summary>
public static class ModelEvaluation
{
    private static readonly Dictionary<string, double> NoParameters = [];

    /// <summary>One fit for each model, each timed by <paramref name="time"/>: BG/BB only where purchases go by calendar periods.</summary>
    public static IEnumerable<Func<EvaluatedModel>> Of(PurchaseLog log, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(log);
        foreach (var kind in ModelMethod.Kinds)
        {
            yield return () => Timed(time, () => Continuous(log, kind));
        }

        if (log.PeriodDays is { } period)
        {
            yield return () => Timed(time, () => Discrete(log, period));
        }

        yield return () => Timed(time, () => Spend(log));
    }

    private static EvaluatedModel Continuous(PurchaseLog log, PurchaseModelKind kind)
    {
        var fit = log.FitOf(kind);
        IEnumerable<FitWarning> warnings = log.PeriodDays is { } period ? [new(FitWarningCode.CalendarPeriods, Text(period)), .. fit.Warnings] : fit.Warnings;
        return Describe(new ModelMethod(kind).Name, fit.Model?.Parameters, "weeks", fit.LogLikelihood, fit.Converged, warnings, fit.Refusal);
    }

    private static EvaluatedModel Discrete(PurchaseLog log, double period)
    {
        var fit = log.DiscreteFit!;
        return Describe(new DiscreteMethod().Name, fit.Model?.Parameters, $"periods of {Text(period)} days", fit.LogLikelihood, fit.Converged, fit.Warnings, fit.Refusal);
    }

    private static EvaluatedModel Spend(PurchaseLog log)
    {
        var fit = log.SpendFit;
        return Describe("gammaGamma", fit.Model?.Parameters, null, fit.LogLikelihood, fit.Converged, fit.Warnings, fit.Refusal);
    }

    private static EvaluatedModel Describe(
        string name, IReadOnlyList<ModelParameter>? parameters, string? unit, double logLikelihood, bool converged, IEnumerable<FitWarning> warnings, FitRefusal? refusal) => new(
        name,
        parameters?.ToDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal) ?? NoParameters,
        unit,
        refusal is null ? logLikelihood : null,
        converged,
        [.. warnings.Select(warning => warning.Subject.Length > 0 ? $"{Code(warning.Code)}: {warning.Subject}" : Code(warning.Code)), .. refusal is { } why ? [$"refused: {Code(why)}"] : Array.Empty<string>()],
        0);

    private static EvaluatedModel Timed(TimeProvider time, Func<EvaluatedModel> fit)
    {
        var began = time.GetTimestamp();
        var model = fit();
        return model with { FitMilliseconds = time.GetElapsedTime(began).TotalMilliseconds };
    }

    private static string Code(Enum code) => char.ToLowerInvariant(code.ToString()[0]) + code.ToString()[1..];

    private static string Text(double days) => days.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);
}
