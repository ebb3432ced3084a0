namespace AmoLtv.Host.Installing;

/// <summary>What may be said of an account's connection, the worst first: the first that holds names the state, the others stand beside it.</summary>
public enum ConnectionState
{
    /// <summary>The integration was switched off; everything of the account is erased on a day.</summary>
    ErasurePlanned,

    /// <summary>No integration of this service is connected to the account, or the one that was is not configured any more.</summary>
    NotConnected,

    /// <summary>The CRM takes the tokens no more; only a new install helps.</summary>
    Lost,

    /// <summary>The CRM says that the integration was switched off; its API is being asked.</summary>
    Suspended,

    /// <summary>The user who connected the account is no administrator any more.</summary>
    RightsLost,

    /// <summary>The account is not paid, or closed.</summary>
    Unpaid,

    /// <summary>The CRM refuses every request of this server or for this account.</summary>
    Blocked,

    /// <summary>The CRM refuses to renew, and not because of the token: a setting of this service is wrong.</summary>
    RenewalRefused,

    /// <summary>The CRM does not answer the renewal; it is asked again.</summary>
    RenewalFailing,

    /// <summary>The CRM asks for a rest: too many requests.</summary>
    Throttled,

    /// <summary>The CRM does not answer.</summary>
    Unreachable,

    Connected,

    /// <summary>A long-lived token ends soon and cannot be renewed.</summary>
    TokenEnding,

    /// <summary>The account lacks the paid option for filters: more has to be read.</summary>
    FiltersMissing,

    /// <summary>The account's plan has no webhooks: it is polled.</summary>
    WebhooksMissing,

    /// <summary>The admin is told of trouble in the CRM alone, where a lost connection cannot be told before the next install.</summary>
    NoticesOnlyInCrm,

    /// <summary>The CRM calls the account's webhooks active and they do not come: it is polled.</summary>
    WebhooksSilent,
}
