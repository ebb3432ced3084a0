namespace AmoLtv.Host.Callers;

/// <summary>What the tables know of an account's user.</summary>
/// <param name="BaseAddress">Of the account.</param>
/// <param name="IsSwitchedOff">The CRM said, and its API confirmed, that the integration was switched off in the account.</param>
/// <param name="ListedAt">Before the CRM was last asked for its list of users; null before the first time.</param>
/// <param name="HasList">Whether any user of the account is known.</param>
/// <param name="IsListedAdmin">As last listed, of an active user; null where the user is not listed or not active.</param>
/// <param name="IsViewer">Whether an administrator lets the user see analytics.</param>
public sealed record CallerStanding(
    Uri BaseAddress, bool IsSwitchedOff, DateTimeOffset? ListedAt, bool HasList, bool? IsListedAdmin, bool IsViewer);
