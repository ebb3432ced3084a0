namespace AmoLtv.Host.Cards;

/// <summary>A page of the inbox.</summary>
/// <param name="Open">How many remarks wait in all.</param>
/// <param name="Items">The newest first.</param>
/// <param name="Next">What to give as <c>before</c> for older ones; null where there are none.</param>
public sealed record RemarkPage(int Open, IReadOnlyList<InboxRemark> Items, long? Next);
