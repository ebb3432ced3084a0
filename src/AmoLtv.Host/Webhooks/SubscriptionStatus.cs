namespace AmoLtv.Host.Webhooks;

/// <summary>How an account's subscription stands. Changes are polled in all states but <see cref="Active"/>.</summary>
internal static class SubscriptionStatus
{
    /// <summary>Not made yet, or the CRM could not be asked.</summary>
    public const string Waiting = "waiting";

    /// <summary>The CRM calls us.</summary>
    public const string Active = "active";

    /// <summary>The CRM says that it calls us, and changes were found of which no hook told. The next hook that comes makes it active again.</summary>
    public const string Silent = "silent";

    /// <summary>The account's plan or the grant's rights do not allow it.</summary>
    public const string Unsupported = "unsupported";
}
