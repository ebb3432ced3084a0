namespace AmoLtv.Host.Operations;

/// <summary>Why a field was left alone or refused, as a word that pages put into sentences.</summary>
public static class ChangeReason
{
    private static readonly (string Beginning, string Code)[] Known =
    [
        ("Something else writes this field", "conflict"),
        ("The CRM keeps fewer decimals", "rounded"),
        ("What stood there before", "alreadyRestored"),
        ("It holds something newer", "newer"),
        ("The field was deleted", "fieldGone"),
        ("The CRM no longer has the card", "cardGone"),
        ("The CRM did not confirm the change", "cardGone"),
    ];

    /// <param name="words">As the run kept them; null where nothing was in its way.</param>
    public static string? Of(string? words) =>
        words is null ? null : Array.Find(Known, known => words.StartsWith(known.Beginning, StringComparison.Ordinal)).Code;
}
