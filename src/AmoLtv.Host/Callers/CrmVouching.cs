namespace AmoLtv.Host.Callers;

/// <summary>What a token of the CRM said of a user, kept with whatever session began with it.</summary>
/// <param name="ClientId">Of the integration that the token was made for.</param>
/// <param name="IsAdmin">Whether the user administers the account; null where the token said nothing of it.</param>
/// <param name="At">When the token was shown.</param>
public sealed record CrmVouching(string ClientId, bool? IsAdmin, DateTimeOffset At);
