namespace AmoLtv.Core.Valuation;

/// <summary>
/// Mean lifetime by the product-limit curve (Kaplan and Meier, JASA 53, 1958), cut where it rests on too few clients
/// and carried on by the overall rate of loss.
/// </summary>
/// <param name="Subjects">Clients followed.</param>
/// <param name="Events">Of them lost.</param>
/// <param name="PersonYears">Years followed in all.</param>
/// <param name="TauYears">τ: the last time with at least ten clients at risk; 0 with fewer than ten in all.</param>
/// <param name="AreaYears">Area under the curve up to τ, in years: the restricted mean.</param>
/// <param name="SurvivalAtTau">Share alive just after τ, 0 to 1.</param>
public sealed record KaplanMeier(int Subjects, int Events, double PersonYears, double TauYears, double AreaYears, double SurvivalAtTau)
{
    private const int LeastAtRisk = 10;

    /// <summary>What lies beyond τ: the share alive there times the mean of an exponential with one more loss than seen.</summary>
    public double TailYears => SurvivalAtTau * PersonYears / (Events + 1);

    /// <summary>Expected lifetime: the area up to τ and the tail beyond.</summary>
    public double MeanYears => AreaYears + TailYears;

    /// <summary>A client that leaves view at the very time of a loss was still at risk of it.</summary>
    public static KaplanMeier Estimate(IEnumerable<Observation> observations)
    {
        var sorted = observations.OrderBy(observation => observation.Years).ThenByDescending(observation => observation.IsLost).ToList();
        var tau = sorted.Count >= LeastAtRisk ? sorted[^LeastAtRisk].Years : 0;
        var (area, survival, from) = (0.0, 1.0, 0.0);
        for (var index = 0; index < sorted.Count && sorted[index].Years <= tau;)
        {
            var time = sorted[index].Years;
            var atRisk = sorted.Count - index;
            var lost = 0;
            for (; index < sorted.Count && sorted[index].Years == time; index++)
            {
                lost += sorted[index].IsLost ? 1 : 0;
            }

            area += survival * (time - from);
            survival *= 1 - ((double)lost / atRisk);
            from = time;
        }

        return new KaplanMeier(
            sorted.Count,
            sorted.Count(observation => observation.IsLost),
            sorted.Sum(observation => observation.Years),
            tau,
            area,
            survival);
    }
}
