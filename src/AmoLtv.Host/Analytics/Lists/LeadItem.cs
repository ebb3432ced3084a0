using System.Text.Json.Serialization;

namespace AmoLtv.Host.Analytics.Lists;

/// <summary>A lead of a list. Money in the account's currency.</summary>
public sealed record LeadItem
{
    public required long Id { get; init; }

    /// <summary>Local day of the sale or loss; null where nobody knows.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>As entered, below 0 for a credit note.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Of a purchase on the account's basis.</summary>
    public decimal? Value { get; init; }

    public long? Responsible { get; init; }

    /// <summary>1 a company, 3 a contact that buys without one; null where the lead has neither.</summary>
    public int? ClientScope { get; init; }

    public long? ClientId { get; init; }

    /// <summary>Of the company.</summary>
    public string? ClientName { get; init; }

    /// <summary>What its client adds to the base; null where it never bought.</summary>
    public decimal? ClientValue { get; init; }

    public string? Pipeline { get; init; }

    /// <summary>Where it stands; of a lost lead where it was lost from, null where nobody saw.</summary>
    public string? Stage { get; init; }

    public string? LossReason { get; init; }

    [JsonIgnore]
    public string CursorKey { get; init; } = "";
}
