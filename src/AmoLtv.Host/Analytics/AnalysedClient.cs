using AmoLtv.Core.Identity;
using AmoLtv.Core.Segmentation;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Host.Analytics;

/// <summary>A client of the account, with its result in force.</summary>
internal sealed record AnalysedClient
{
    public required CustomerValuation Valuation { get; init; }

    /// <summary>Responsible user of its company or contact; null where the CRM names none.</summary>
    public UserId? Responsible { get; init; }

    /// <summary>Codes of its segments; null where it was not cut yet.</summary>
    public string? Tier { get; init; }

    public string? RfmGroup { get; init; }

    public string? Lifecycle { get; init; }

    /// <summary>Scores of recency and frequency, each 1 to 5; null where it was not cut yet.</summary>
    public (int Recency, int Frequency)? RfmScores { get; init; }

    /// <summary>Expected value of the horizon, on the account's basis; null without a forecast.</summary>
    public decimal? ExpectedValue { get; init; }

    /// <summary>Of what lists show of its result, <see cref="ClientColumns"/>.</summary>
    public long Digest { get; init; }

    public CustomerKey Key => Valuation.Key;

    /// <summary>What it adds to the base: all sums of the analyses are sums of it.</summary>
    public decimal Value => Standings.ValueOf(Valuation);

    /// <summary>Null where it only has credit notes: then it has no place in the base.</summary>
    public DateOnly? FirstPurchase => Valuation.Relationship?.First;
}
