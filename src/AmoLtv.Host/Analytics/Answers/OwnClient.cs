using AmoLtv.Core.Identity;
using AmoLtv.Core.Segmentation;

namespace AmoLtv.Host.Analytics.Answers;

/// <summary>A client of the user who asks. Money in the account's currency.</summary>
internal sealed record OwnClient
{
    private const string Unknown = "unknown";

    public required int Scope { get; init; }

    public required long Id { get; init; }

    public required decimal Value { get; init; }

    public required decimal Historical { get; init; }

    public decimal? Expected { get; init; }

    public string? Tier { get; init; }

    public string? Rfm { get; init; }

    public int? Recency { get; init; }

    public int? Frequency { get; init; }

    public string? Lifecycle { get; init; }

    public string? NextTier { get; init; }

    public bool IsAtRisk => Lifecycle is "slipping" or "dormant";

    public SegmentPlace Place(string? segment) => new(new CustomerKey((CustomerScope)Scope, Id), segment ?? Unknown, Value);
}
