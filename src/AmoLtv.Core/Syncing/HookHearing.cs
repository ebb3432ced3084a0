namespace AmoLtv.Core.Syncing;

/// <summary>
/// Whether hooks come that the CRM calls active. A firewall, a changed address or a fault of the CRM can keep them away while the
/// subscription looks well; then what changed is there to see, and nobody told of it.
/// </summary>
/// <param name="ActiveSince">Since when the CRM says that it calls us, by our clock.</param>
/// <param name="HeardAt">When the last hook came, by our clock; null where none ever did.</param>
public sealed record HookHearing(DateTimeOffset ActiveSince, DateTimeOffset? HeardAt)
{
    /// <summary>The CRM repeats a call that was not answered after 5 and after 15 minutes: so long a hook may be on its way.</summary>
    public static readonly TimeSpan Delivery = TimeSpan.FromMinutes(30);

    /// <summary>By how much our clock and the CRM's may differ.</summary>
    public static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Whether a change that only a reading found had to be told by a hook and was not: the subscription was active, there was time to
    /// deliver it, and no hook of any kind came since.
    /// </summary>
    /// <param name="changedAt">By the CRM's clock.</param>
    /// <param name="now">By ours.</param>
    public bool IsUnheard(DateTimeOffset changedAt, DateTimeOffset now) =>
        changedAt >= ActiveSince + ClockDifference
        && changedAt <= now - Delivery
        && (HeardAt is null || HeardAt < changedAt - ClockDifference);
}
