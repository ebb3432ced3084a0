using AmoLtv.Core.Identity;
using AmoLtv.Core.Segmentation;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Host.Valuing;

/// <summary>What a revaluation has to store.</summary>
internal sealed record RevaluedBase
{
    public required AccountValuation Account { get; init; }

    public required AccountRates Rates { get; init; }

    /// <summary>Null where the one in force stands.</summary>
    public ValueLadder? Ladder { get; init; }

    public required ClientTotals Totals { get; init; }

    public required SegmentBorders Borders { get; init; }

    /// <summary>The account's local day; life-cycle states are of it.</summary>
    public required DateOnly Today { get; init; }

    public required int SettingsVersion { get; init; }

    /// <summary>The learning the forecasts are by, of this run or an earlier one.</summary>
    public required LearnedBase Learned { get; init; }

    /// <summary>Customers changed since that learning.</summary>
    public required int ChangedSince { get; init; }

    /// <summary>Customers whose row in force no longer holds.</summary>
    public required IReadOnlyCollection<CustomerKey> Ended { get; init; }

    /// <summary>Rows to begin, each of a customer that is new or among <see cref="Ended"/>.</summary>
    public required IReadOnlyCollection<NewResult> Begun { get; init; }

    /// <summary>Customers whose row stays in force, where all were looked at; null where only some were.</summary>
    public IReadOnlyCollection<CustomerKey>? Kept { get; init; }

    /// <summary>Runs that wrote the rows in force.</summary>
    public required IReadOnlySet<long> Runs { get; init; }

    /// <summary>By tier, rfm and lifecycle.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<SegmentTransition>> Transitions { get; init; }

    /// <summary>Customers whose result is new, another or gone.</summary>
    public required int Changed { get; init; }
}
