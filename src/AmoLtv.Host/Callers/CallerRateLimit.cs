using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace AmoLtv.Host.Callers;

/// <summary>
/// Bounds what one network address may ask of the endpoints for pages of the CRM. Generous: a whole office sits behind one address; it stops a
/// loop, not a person. Forged tokens cost a signature check each, so they are counted too.
/// </summary>
public static class CallerRateLimit
{
    public const string Policy = "callers";

    private const int Burst = 200;
    private const int PerSecond = 50;

    public static void AddPolicy(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = async (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = "1";
            await CallerProblem.TooMany().ExecuteAsync(rejected.HttpContext);
        };
        options.AddPolicy(Policy, http => RateLimitPartition.GetTokenBucketLimiter(
            CallerAddress.Of(http.Connection.RemoteIpAddress),
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = Burst,
                TokensPerPeriod = PerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            }));
    }
}
