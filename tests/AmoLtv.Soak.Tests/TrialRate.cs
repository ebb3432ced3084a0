namespace AmoLtv.Soak;

/// <summary>How many requests the CRM counted in a window of its time, and how many the trial allows.</summary>
/// <param name="Highest">In any window of a second.</param>
/// <param name="Allowed">See <see cref="Of"/>.</param>
internal sealed record TrialRate(int Highest, int Allowed)
{
    /// <summary>
    /// The CRM permits so many. Requests leave evenly, so that more than these can meet in a window only where the machine held them up: those
    /// of the window and of the delay before it, and the one at its edge. The delay is what was measured, in the CRM's hurried time.
    /// </summary>
    /// <param name="permitted">By the CRM.</param>
    /// <param name="paced">Requests a second that the service sends.</param>
    /// <param name="late">The machine's longest delay, real time.</param>
    /// <param name="scale">Seconds of the CRM in a real one.</param>
    public static TrialRate Of(int highest, int permitted, int paced, TimeSpan late, double scale) =>
        new(highest, Math.Max(permitted, (int)Math.Ceiling(paced * (1 + (late.TotalSeconds * scale))) + 1));

    public bool IsBroken => Highest > Allowed;
}
