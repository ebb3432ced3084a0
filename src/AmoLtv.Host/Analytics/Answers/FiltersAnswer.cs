using AmoLtv.Core.Settings;

namespace AmoLtv.Host.Analytics.Answers;

/// <summary>What lists of clients can be narrowed to.</summary>
/// <param name="Tiers">From the most valuable down.</param>
/// <param name="Channels">Names, the most clients first.</param>
/// <param name="Managers">Responsible users, the most clients first; null: nobody.</param>
internal sealed record FiltersAnswer(IReadOnlyList<TierDefinition> Tiers, IReadOnlyList<string> Channels, IReadOnlyList<long?> Managers);
