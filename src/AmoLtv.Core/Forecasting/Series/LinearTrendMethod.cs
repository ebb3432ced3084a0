namespace AmoLtv.Core.Forecasting.Series;

/// <summary>A straight line by least squares on the number of the period.</summary>
public sealed record LinearTrendMethod : SeriesMethod
{
    /// <inheritdoc/>
    public override string Name => "linearTrend";

    /// <inheritdoc/>
    public override double[]? Forecast(ReadOnlySpan<double> values, int season, int horizon)
    {
        if (values.Length < 3)
        {
            return null;
        }

        var (level, slope) = Line(values);
        var forecast = new double[horizon];
        for (var h = 0; h < horizon; h++)
        {
            forecast[h] = level + slope * (values.Length + h);
        }

        return Finite(forecast);
    }

    /// <summary>Level at index 0 and slope per period.</summary>
    internal static (double Level, double Slope) Line(ReadOnlySpan<double> values)
    {
        var middle = (values.Length - 1) / 2.0;
        double mean = 0, cross = 0, squares = 0;
        for (var i = 0; i < values.Length; i++)
        {
            mean += values[i] / values.Length;
            cross += (i - middle) * values[i];
            squares += (i - middle) * (i - middle);
        }

        var slope = squares > 0 ? cross / squares : 0;
        return (mean - slope * middle, slope);
    }
}
