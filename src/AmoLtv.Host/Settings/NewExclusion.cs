namespace AmoLtv.Host.Settings;

/// <summary>A lead to take out of the numbers.</summary>
/// <param name="Lead">Its number.</param>
/// <param name="Comment">Why, 1 to 500 characters.</param>
public sealed record NewExclusion(long Lead, string? Comment);
