namespace AmoLtv.Host.Cards;

/// <summary>A remark in the admin's inbox.</summary>
public sealed class InboxRemark
{
    public long Id { get; init; }

    /// <summary><c>companies</c> or <c>contacts</c>.</summary>
    public required string Entity { get; init; }

    public long EntityId { get; init; }

    /// <summary>Name of the company; null for a contact, whose name is the CRM's to show.</summary>
    public string? Company { get; init; }

    public long UserId { get; init; }

    public required string Text { get; init; }

    /// <summary>The headline that the remark is about.</summary>
    public decimal? LtvThen { get; init; }

    public decimal? LtvNow { get; init; }

    public DateOnly? AsOf { get; init; }

    public DateTime WrittenAt { get; init; }

    public DateTime? ResolvedAt { get; init; }

    public long? ResolvedBy { get; init; }

    public string? Answer { get; init; }
}
