using System.Threading.RateLimiting;
using AmoLtv.Host.Callers;
using Microsoft.AspNetCore.RateLimiting;

namespace AmoLtv.Host.Pages;

/// <summary>
/// Bounds how many files of the pages one network address may load. A page is some twenty files that its browser then keeps: a whole office
/// behind one address may open it at once.
/// </summary>
public static class PageRateLimit
{
    public const string Policy = "pages";

    private const int Burst = 2000;
    private const int PerSecond = 200;

    public static void AddPolicy(RateLimiterOptions options) => options.AddPolicy(Policy, http => RateLimitPartition.GetTokenBucketLimiter(
        CallerAddress.Of(http.Connection.RemoteIpAddress),
        _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = Burst,
            TokensPerPeriod = PerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        }));
}
