namespace AmoLtv.Host.Tasks;

/// <summary>What of an account its tasks' texts depend on.</summary>
public sealed record TaskAccount(TimeZoneInfo Zone, bool IsEnglish, string Currency);
