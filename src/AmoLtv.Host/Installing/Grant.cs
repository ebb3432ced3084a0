using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Installing;

/// <summary>A grant without its tokens.</summary>
/// <param name="SuspendedAt">When the CRM said that the integration was switched off; null where it did not, or its API denied it since.</param>
public sealed record Grant(
    AccountId Account, string ClientId, Uri BaseAddress, UserId GrantedBy, bool IsAdmin, GrantStatus Status, string? StatusReason,
    DateTimeOffset? SuspendedAt);
