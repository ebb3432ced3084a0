namespace AmoLtv.Core.Forecasting.Numerics;

/// <summary>Central differences, for functions so cheap that a derived gradient would not pay.</summary>
internal static class NumericGradient
{
    /// <summary>Wraps a function as an objective with a gradient of relative accuracy about 1e-9.</summary>
    public static Objective Of(Func<double[], double> function) => (point, gradient) =>
    {
        const double Step = 6e-6;
        var shifted = point.ToArray();
        for (var i = 0; i < shifted.Length; i++)
        {
            shifted[i] = point[i] + Step;
            var up = function(shifted);
            shifted[i] = point[i] - Step;
            gradient[i] = (up - function(shifted)) / (2 * Step);
            shifted[i] = point[i];
        }

        return function(shifted);
    };
}
