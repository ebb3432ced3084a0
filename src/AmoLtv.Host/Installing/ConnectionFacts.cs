using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Installing;

/// <summary>What the tables know of an account's connection.</summary>
/// <param name="Grants">Of integrations that are configured, the one that is worked with first.</param>
/// <param name="IsFilterEnabled">Whether filters on lists are honoured; null before the first sync.</param>
/// <param name="LacksWebhooks">The CRM said that the account's plan has no webhooks.</param>
/// <param name="Circuit">Why and since when the account is asked nothing; null where it is asked.</param>
/// <param name="IsToldOnlyInCrm">Neither e-mail nor a webhook is set for notices to the admin.</param>
public sealed record ConnectionFacts(
    AccountId Account,
    Uri BaseAddress,
    TimeZoneInfo Zone,
    DateTimeOffset ConnectedAt,
    bool? IsFilterEnabled,
    DateTimeOffset? EraseAt,
    bool LacksWebhooks,
    ConnectionCondition? Circuit,
    bool IsToldOnlyInCrm,
    IReadOnlyList<ConnectionFacts.GrantFacts> Grants)
{
    /// <summary>Whether the CRM calls webhooks active that do not come.</summary>
    public bool HasSilentWebhooks { get; init; }

    /// <param name="IsLongLived">It has no refresh token.</param>
    /// <param name="IssuedAt">When the present access token was given; null where that is not known.</param>
    /// <param name="RenewalFailedAt">First renewal that failed since the last one that worked; null where none did.</param>
    /// <param name="RenewalRefused">The CRM answered and refused, though not the token.</param>
    public sealed record GrantFacts(
        string ClientId,
        bool IsLost,
        DateTimeOffset? LostAt,
        string? LossReason,
        DateTimeOffset? SuspendedAt,
        Hindrance? Hindrance,
        DateTimeOffset? HinderedAt,
        string? HindranceWords,
        bool IsLongLived,
        DateTimeOffset? IssuedAt,
        DateTimeOffset ExpiresAt,
        DateTimeOffset? RenewalFailedAt,
        bool RenewalRefused,
        string? RenewalFailure);
}
