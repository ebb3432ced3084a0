using AmoLtv.Core.Forecasting.Numerics;

namespace AmoLtv.Core.Forecasting.Fitting;

/// <summary>Finds combinations of parameters that the likelihood hardly sees.</summary>
internal static class FlatDirections
{
    // A curvature under 1/4 leaves a standard deviation of more than 2 in the logarithm: a factor of 7 either way.
    private const double FlatCurvature = 0.25;

    public static IEnumerable<FitWarning> Warnings(Curvature curvature, IReadOnlyList<string> names)
    {
        for (var d = 0; d < names.Count; d++)
        {
            if (curvature.Values[d] < FlatCurvature)
            {
                var taking = names.Where((_, i) => Math.Abs(curvature.Component(i, d)) > 0.25);
                yield return new FitWarning(FitWarningCode.FlatRidge, string.Join(", ", taking));
            }
        }
    }
}
