using AmoLtv.Core.Tasks;
using AmoLtv.Host.Settings;

namespace AmoLtv.Host.Tasks;

/// <summary>Which tasks an account wants, as the page shows them and sends them back.</summary>
/// <param name="IsEnabled">Off until the admin says so.</param>
/// <param name="DailyCap">At most so many tasks a local day.</param>
/// <param name="TopTiers">How many tiers from the top count as valuable.</param>
/// <param name="OnSlipping">For valuable clients that begin to slip.</param>
/// <param name="OnTier">For clients that rise into a valuable tier or fall out of one.</param>
/// <param name="DueDays">The task is due so many days later.</param>
/// <param name="Seen">Names the state that was read; a change carries the one it was made on.</param>
public sealed record TaskDocument(bool IsEnabled, int DailyCap, int TopTiers, bool OnSlipping, bool OnTier, int DueDays, string? Seen)
{
    internal static TaskDocument Of(TaskSettings settings) => new(
        settings.IsEnabled, settings.DailyCap, settings.TopTiers, settings.OnSlipping, settings.OnTier, settings.DueDays, SeenState.Of(settings));

    internal TaskSettings ToSettings() => new(IsEnabled, DailyCap, TopTiers, OnSlipping, OnTier, DueDays);
}
