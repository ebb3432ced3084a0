using System.Net;
using System.Threading.RateLimiting;

namespace AmoLtv.Host.Installing;

/// <summary>
/// How many installs are begun or announced, as anybody may do: a begun one costs a row, an announced one a call to the CRM.
/// The CRM announces an install once and never repeats it, so the limits are far above what is honest, and junk from one
/// place takes nothing from another's budget.
/// </summary>
public sealed class InstallLimit : IDisposable
{
    private const int PerAddress = 20;
    private const int PerHost = 10;

    private readonly PartitionedRateLimiter<IPAddress> _begun = Partitions<IPAddress>(PerAddress);
    private readonly PartitionedRateLimiter<IPAddress> _announced = Partitions<IPAddress>(PerAddress);
    private readonly PartitionedRateLimiter<string> _hosts = Partitions<string>(PerHost);

    /// <summary>Whether an install may be begun from this network address.</summary>
    public bool AllowsBegin(IPAddress? caller) => IsAllowed(_begun, caller ?? IPAddress.None);

    /// <summary>Whether an install of the account at this CRM address may be announced from this network address.</summary>
    public bool AllowsAnnouncement(IPAddress? caller, Uri account) =>
        IsAllowed(_announced, caller ?? IPAddress.None) && IsAllowed(_hosts, account.Authority);

    public void Dispose()
    {
        _begun.Dispose();
        _announced.Dispose();
        _hosts.Dispose();
    }

    private static bool IsAllowed<T>(PartitionedRateLimiter<T> limiter, T key)
    {
        using var lease = limiter.AttemptAcquire(key);
        return lease.IsAcquired;
    }

    private static PartitionedRateLimiter<T> Partitions<T>(int permits)
        where T : notnull =>
        PartitionedRateLimiter.Create<T, T>(key => RateLimitPartition.GetFixedWindowLimiter(
            key,
            _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1), QueueLimit = 0, AutoReplenishment = true }));
}
