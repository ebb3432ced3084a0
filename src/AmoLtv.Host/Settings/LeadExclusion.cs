namespace AmoLtv.Host.Settings;

/// <summary>A lead that a person took out of the numbers, and whether the exclusion was taken back.</summary>
public sealed class LeadExclusion
{
    public required long LeadId { get; init; }

    public required string Comment { get; init; }

    public required string ExcludedBy { get; init; }

    public required DateTime ExcludedAt { get; init; }

    public string? RevokedBy { get; init; }

    public DateTime? RevokedAt { get; init; }
}
