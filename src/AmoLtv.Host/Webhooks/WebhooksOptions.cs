namespace AmoLtv.Host.Webhooks;

/// <summary>How changes are followed between nights (section <c>Webhooks</c>).</summary>
public sealed class WebhooksOptions
{
    public const string Section = "Webhooks";

    /// <summary>Whether the service subscribes to the CRM's webhooks and follows changes between nights; hooks that come are kept in any case.</summary>
    public bool FollowChanges { get; init; } = true;

    /// <summary>Address of this service as the CRM reaches it; null: that of the integration's redirect URI.</summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>How long after a hook its account is looked at, seconds (1 to 60): what one action changes comes in several hooks.</summary>
    public int SettleSeconds { get; init; } = 5;

    /// <summary>Accounts followed at the same time in one process (1 to 64).</summary>
    public int MaxAtOnce { get; init; } = 4;

    /// <summary>Accounts read whole between nights at the same time in one process (1 to 16), beside those that are followed.</summary>
    public int MaxWholeAtOnce { get; init; } = 2;
}
