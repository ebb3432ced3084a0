namespace AmoLtv.Core.Tasks;

/// <summary>Which tasks an account wants.</summary>
/// <param name="IsEnabled">Off until the admin says so.</param>
/// <param name="DailyCap">At most so many tasks a local day, 1 to 1000; the most valuable clients go first.</param>
/// <param name="TopTiers">How many tiers from the top count as valuable, 1 to 6.</param>
/// <param name="OnSlipping">For valuable clients that begin to slip.</param>
/// <param name="OnTier">For clients that rise into a valuable tier or fall out of one.</param>
/// <param name="DueDays">The task is due at the end of the working day so many days later, 0 to 60.</param>
public sealed record TaskSettings(
    bool IsEnabled = false, int DailyCap = 20, int TopTiers = 1, bool OnSlipping = true, bool OnTier = true, int DueDays = 1);
