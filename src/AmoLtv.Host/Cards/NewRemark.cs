namespace AmoLtv.Host.Cards;

/// <summary>What a user writes to the admin about a number.</summary>
/// <param name="Text">1 to 1,000 characters besides blanks.</param>
public sealed record NewRemark(string? Text)
{
    public const int MaxLength = 1000;

    /// <summary>The text without blanks around it; null where there is none, too much, or what no database keeps.</summary>
    public string? Cleaned() => Text?.Trim() is { Length: > 0 and <= MaxLength } text && !text.Contains('\0', StringComparison.Ordinal) ? text : null;
}
