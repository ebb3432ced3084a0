using AmoLtv.Host.Settings;

namespace AmoLtv.Host.Valuing.Previewing;

/// <summary>An account valued by the settings in force and by a draft, from the same leads, side by side.</summary>
public sealed record PreviewAnswer
{
    /// <summary>The version in force.</summary>
    public required int Version { get; init; }

    public required PreviewTotals Old { get; init; }

    public required PreviewTotals New { get; init; }

    /// <summary>Up to five clients, chosen by the settings in force so that they stay while the draft changes.</summary>
    public required IReadOnlyList<PreviewClient> Clients { get; init; }

    /// <summary>Leads looked at.</summary>
    public required int Leads { get; init; }

    /// <summary>Leads the account has; more than <see cref="Leads"/> where a sample was looked at.</summary>
    public required long TotalLeads { get; init; }

    /// <summary>Whether <see cref="Leads"/> are all: else sums are of a sample.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>What the draft needs and nobody has read from the CRM yet: leads lack it here, and will have it.</summary>
    public required IReadOnlyList<UnreadValue> Unread { get; init; }

    /// <summary>Whether the forecast is as a recalculation would make it; else that learns anew first.</summary>
    public required bool IsForecastKept { get; init; }
}
