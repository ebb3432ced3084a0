namespace AmoLtv.Host.Webhooks;

/// <summary>How an account's subscription stands.</summary>
internal static class SubscriptionStatus
{
    /// <summary>Not made yet, or the CRM could not be asked; changes are polled.</summary>
    public const string Waiting = "waiting";

    /// <summary>The CRM calls us.</summary>
    public const string Active = "active";

    /// <summary>The account's plan or the grant's rights do not allow it; changes are polled.</summary>
    public const string Unsupported = "unsupported";
}
