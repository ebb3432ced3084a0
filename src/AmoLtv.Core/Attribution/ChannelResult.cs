namespace AmoLtv.Core.Attribution;

/// <summary>What a channel's clients are worth against what they cost. Money in the account's currency.</summary>
public sealed record ChannelResult
{
    /// <summary>As most of its clients' leads write it; null for clients without a channel.</summary>
    public string? Channel { get; init; }

    public required int Clients { get; init; }

    /// <summary>All that was entered as spent on it, also what has brought no client yet; null where nothing was.</summary>
    public decimal? Spend { get; init; }

    /// <summary>Of all its clients; summed over the channels the value of the base.</summary>
    public required decimal Value { get; init; }

    /// <summary>Mean LTV of a client, with its 95 % interval where there are enough clients.</summary>
    public required MeanValue Ltv { get; init; }

    /// <summary>Clients whose CAC is known: all that follows is of them, since cost and value must be of the same clients.</summary>
    public int ClientsWithCac { get; init; }

    /// <summary>Mean cost of acquiring one; null where none is known.</summary>
    public decimal? Cac { get; init; }

    /// <summary>Their value for each unit of their cost; null without a cost above 0.</summary>
    public double? LtvToCac { get; init; }

    /// <summary>Median months until a client has brought in its CAC; null where fewer than half have.</summary>
    public double? PaybackMonths { get; init; }

    /// <summary>How many have brought it in.</summary>
    public int PaidBack { get; init; }

    /// <summary>What a client of this channel may cost at the target ratio, by the mean LTV; null without a client.</summary>
    public decimal? AllowableCac { get; init; }

    /// <summary>The same by the lower end of the LTV's interval: what may be spent without relying on luck; null without one.</summary>
    public decimal? PrudentCac { get; init; }

    /// <summary>What is left to invest in each client: allowable CAC less CAC; below 0 where too much is spent.</summary>
    public decimal? HeadroomPerClient { get; init; }

    /// <summary>The same for all its clients with a known CAC.</summary>
    public decimal? Headroom { get; init; }
}
