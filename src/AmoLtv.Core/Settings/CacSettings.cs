using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Settings;

/// <summary>What it cost to acquire a client.</summary>
public sealed record CacSettings
{
    public CacKind Kind { get; init; }

    /// <summary>Numeric custom field of the company, in the account's currency.</summary>
    public FieldId? Field { get; init; }
}
