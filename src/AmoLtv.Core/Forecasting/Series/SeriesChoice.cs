namespace AmoLtv.Core.Forecasting.Series;

/// <summary>The forecast of an account's series by the method that did best on its own past.</summary>
public sealed record SeriesChoice
{
    /// <summary>The method.</summary>
    public required SeriesMethod Method { get; init; }

    /// <summary>Expected values of the periods to come.</summary>
    public required IReadOnlyList<double> Forecast { get; init; }

    /// <summary>Lower ends of the interval.</summary>
    public required IReadOnlyList<double> Low { get; init; }

    /// <summary>Upper ends of the interval.</summary>
    public required IReadOnlyList<double> High { get; init; }

    /// <summary>Errors of every method that could be tried, by rolling origin; the chosen one first.</summary>
    public required IReadOnlyList<MethodError> Errors { get; init; }
}
