using AmoLtv.Core.Forecasting.Customers;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Segmentation;
using AmoLtv.Core.Settings;

namespace AmoLtv.Host.Valuing;

/// <summary>All that a revaluation is computed from.</summary>
internal sealed record RevaluationInput
{
    public required ValuedAccount Account { get; init; }

    /// <summary>The account's local day.</summary>
    public required DateOnly Today { get; init; }

    public required DateOnly AsOf { get; init; }

    /// <summary>Of the customers to value anew, ordered by scope and id.</summary>
    public required List<CustomerHistory> Histories { get; init; }

    /// <summary>Whether these are all customers; else those alone whose purchases or life-cycle changed.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Results in force: of all customers, or of those that were asked for.</summary>
    public required Dictionary<CustomerKey, StoredResult> Stored { get; init; }

    public required StaleCustomers Stale { get; init; }

    public required LeadTotals Leads { get; init; }

    public StoredValuation? Before { get; init; }

    /// <summary>Of <see cref="Before"/>; null where they are not known.</summary>
    public AccountSettings? SettingsBefore { get; init; }

    /// <summary>Customers changed since the learning in force, these included.</summary>
    public required int ChangedSince { get; init; }

    /// <summary>Whether to learn anew.</summary>
    public RefitDecision Refit { get; init; }

    /// <summary>Where the base was cut, and is not cut again; null: it is.</summary>
    public SegmentBorders? Borders { get; init; }

    /// <summary>Clients by segment at the last valuation, where not all results are here.</summary>
    public IReadOnlyList<SegmentTotal> SegmentsBefore { get; init; } = [];
}
