using System.Net;
using System.Threading.RateLimiting;

namespace AmoLtv.Host.Installing;

/// <summary>
/// How many install calls without a state are taken: anybody can make them, and each costs a call to the CRM.
/// The CRM makes one per install and never repeats it, so the limits are far above what is honest.
/// </summary>
public sealed class WidgetCallLimit : IDisposable
{
    private const int PerAddress = 20;
    private const int InAll = 120;

    private readonly PartitionedRateLimiter<IPAddress> _limiter = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<IPAddress, IPAddress>(address => RateLimitPartition.GetFixedWindowLimiter(address, _ => Window(PerAddress))),
        PartitionedRateLimiter.Create<IPAddress, int>(_ => RateLimitPartition.GetFixedWindowLimiter(0, _ => Window(InAll))));

    public bool Allows(IPAddress? caller)
    {
        using var lease = _limiter.AttemptAcquire(caller ?? IPAddress.None);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();

    private static FixedWindowRateLimiterOptions Window(int permits) =>
        new() { PermitLimit = permits, Window = TimeSpan.FromMinutes(1), QueueLimit = 0, AutoReplenishment = true };
}
