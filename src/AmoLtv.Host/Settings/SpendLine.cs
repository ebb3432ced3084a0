namespace AmoLtv.Host.Settings;

/// <summary>What a line of an imported file would do.</summary>
/// <param name="Line">Of the file, the header is 1; 0 where no file says it.</param>
/// <param name="Channel">In the spelling already known, where it is known.</param>
/// <param name="Month">First day of the month.</param>
/// <param name="Before">What is entered; null: nothing.</param>
/// <param name="After">What would be entered; null: nothing.</param>
public sealed record SpendLine(long Line, string Channel, DateOnly Month, decimal? Before, decimal? After);
