namespace AmoLtv.Host.Cards;

/// <summary>A lead of a customer as the tables hold it, with the number of all of its sort.</summary>
public sealed class CardLeadRow
{
    public int Total { get; init; }

    public long LeadId { get; init; }

    public DateOnly? Day { get; init; }

    public decimal? Amount { get; init; }

    public short Kind { get; init; }

    public string? Reason { get; init; }

    public string? Comment { get; init; }
}
