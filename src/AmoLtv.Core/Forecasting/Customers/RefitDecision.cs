namespace AmoLtv.Core.Forecasting.Customers;

/// <summary>Whether to learn again, and how much.</summary>
/// <param name="Reason">Why.</param>
public readonly record struct RefitDecision(RefitReason Reason)
{
    /// <summary>True where the parameters have to be learned again.</summary>
    public bool IsRefit => Reason != RefitReason.NotNeeded;

    /// <summary>True where the method is chosen again, too; otherwise it is only fitted to the new data, which is quick.</summary>
    public bool ChoosesAgain => Reason is RefitReason.NoParameters or RefitReason.InputsChanged or RefitReason.SizeCrossed or RefitReason.WeekPassed;
}
