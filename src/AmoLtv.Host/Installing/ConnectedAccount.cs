using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Installing;

/// <summary>An account as the operator sees it.</summary>
public sealed record ConnectedAccount(
    AccountId Id, Uri BaseAddress, string Brand, string Name, DateTimeOffset? SyncedAt, DateTimeOffset? ValuedAt, IReadOnlyList<ConnectedGrant> Grants);
