namespace AmoLtv.Host.Cards;

/// <summary>What stands behind the numbers of one customer.</summary>
/// <param name="Bought">Sums by day, in-period purchases less credit notes, oldest first.</param>
/// <param name="Gaps">Leads without an amount or a date.</param>
public sealed record CardDetail(
    IReadOnlyList<(DateOnly Day, decimal Amount)> Bought,
    IReadOnlyList<CardLeadRow> Counted,
    IReadOnlyList<CardLeadRow> Excluded,
    IReadOnlyList<(string Reason, int Leads)> Gaps,
    RemarkPart? Remark);
