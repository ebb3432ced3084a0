namespace AmoLtv.Host.Settings;

/// <summary>A line of an imported file that cannot be used.</summary>
/// <param name="Line">Of the file, the header is 1.</param>
/// <param name="Code"><c>column</c>, <c>channel</c>, <c>month</c>, <c>amount</c>, <c>twice</c>, <c>malformed</c>, <c>tooMany</c>, <c>empty</c>.</param>
/// <param name="Words">What is wrong with it.</param>
public sealed record SpendLineError(long Line, string Code, string Words);
