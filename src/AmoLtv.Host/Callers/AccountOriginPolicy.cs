using Microsoft.AspNetCore.Cors.Infrastructure;

namespace AmoLtv.Host.Callers;

/// <summary>CORS for pages of connected accounts alone: the exact origin, no credentials, never a wildcard.</summary>
public sealed class AccountOriginPolicy(AccountAddresses addresses) : ICorsPolicyProvider
{
    private static readonly TimeSpan PreflightAge = TimeSpan.FromMinutes(10);

    public async Task<CorsPolicy?> GetPolicyAsync(HttpContext context, string? policyName)
    {
        var origin = context.Request.Headers.Origin.ToString();
        var isKnown = origin.Length > 0 && await addresses.IsKnownOriginAsync(origin, context.RequestAborted);
        return new CorsPolicyBuilder()
            // A predicate, not a list: the answer then always says that it varies by origin.
            .SetIsOriginAllowed(_ => isKnown)
            .WithMethods(HttpMethods.Get, HttpMethods.Post)
            .WithHeaders(CallerFilter.Header, "Content-Type", "If-None-Match", "X-Requested-With")
            .SetPreflightMaxAge(PreflightAge)
            .Build();
    }
}
