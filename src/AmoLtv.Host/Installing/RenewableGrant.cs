using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Installing;

/// <summary>A grant as the rule of renewal sees it; see <see cref="RenewalRule.IsDue"/>.</summary>
public sealed record RenewableGrant(
    AccountId Account, string ClientId, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, DateTimeOffset? UsedAt, int Failures, DateTimeOffset? TriedAt)
{
    public bool IsDue(DateTimeOffset now) => RenewalRule.IsDue(IssuedAt, ExpiresAt, UsedAt, Failures, TriedAt, now);
}
