namespace AmoLtv.Core.Forecasting.Purchases;

/// <summary>A customer in discrete time (Fader, Hardie and Shang 2010).</summary>
/// <param name="Repeats">Periods with a purchase, 0..<paramref name="Periods"/>.</param>
/// <param name="LastPeriod">The last period with a purchase, 1..<paramref name="Periods"/>; 0 without one.</param>
/// <param name="Periods">Periods observed, ≥ 0.</param>
public readonly record struct DiscreteSummary(int Repeats, int LastPeriod, int Periods)
{
    /// <summary>True where the three numbers can describe a customer.</summary>
    public bool IsValid => Repeats >= 0 && LastPeriod >= Repeats && Periods >= LastPeriod && (Repeats > 0 || LastPeriod == 0);
}
