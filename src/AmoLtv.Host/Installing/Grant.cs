using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Installing;

/// <summary>A grant without its tokens.</summary>
public sealed record Grant(
    AccountId Account, string ClientId, Uri BaseAddress, UserId GrantedBy, bool IsAdmin, GrantStatus Status, string? StatusReason);
