using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;

namespace AmoLtv.Core.Purchases;

/// <summary>A deal as the CRM holds it, with what decides whether it is a purchase.</summary>
public sealed record Lead
{
    public required LeadId Id { get; init; }

    public required StageKey Stage { get; init; }

    /// <summary>In the account's currency; null where nobody entered one.</summary>
    public decimal? Price { get; init; }

    public CompanyId? Company { get; init; }

    public ContactId? MainContact { get; init; }

    /// <summary>Set by the CRM in the stages 142 and 143 alone.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    public bool IsDeleted { get; init; }

    /// <summary>Values of custom fields as text: numbers invariant, dates as unix seconds or ISO 8601.</summary>
    public IReadOnlyDictionary<FieldId, string> Fields { get; init; } = EmptyFields;

    public IReadOnlyList<string> Tags { get; init; } = [];

    public string? Source { get; init; }

    /// <summary>When the lead first came into stages other than 142.</summary>
    public IReadOnlyList<StageEntry> Entries { get; init; } = [];

    private static readonly Dictionary<FieldId, string> EmptyFields = [];
}
