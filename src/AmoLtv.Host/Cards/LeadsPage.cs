namespace AmoLtv.Host.Cards;

/// <summary>Some leads of a client.</summary>
/// <param name="Total">How many there are.</param>
/// <param name="Items">Counted: the newest first; excluded: those first that somebody may want to count.</param>
public sealed record LeadsPage(int Total, IReadOnlyList<LeadLine> Items);
