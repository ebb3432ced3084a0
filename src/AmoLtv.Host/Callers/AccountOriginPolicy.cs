using Microsoft.AspNetCore.Cors.Infrastructure;

namespace AmoLtv.Host.Callers;

/// <summary>CORS for pages of connected accounts alone: the exact origin, no credentials, never a wildcard.</summary>
public sealed class AccountOriginPolicy(KnownOrigins origins) : ICorsPolicyProvider
{
    /// <summary>Name of the policy for what the widget writes; without a name pages of the CRM may read.</summary>
    public const string Writes = "widget-writes";

    private static readonly TimeSpan PreflightAge = TimeSpan.FromMinutes(10);
    private static readonly string[] ReadMethods = [HttpMethods.Get];
    private static readonly string[] WriteMethods = [HttpMethods.Get, HttpMethods.Post, HttpMethods.Put];

    public async Task<CorsPolicy?> GetPolicyAsync(HttpContext context, string? policyName)
    {
        var origin = context.Request.Headers.Origin.ToString();
        var isKnown = origin.Length > 0 && await origins.ContainsAsync(origin, context.RequestAborted);
        return new CorsPolicyBuilder()
            // A predicate, not a list: the answer then always says that it varies by origin.
            .SetIsOriginAllowed(_ => isKnown)
            .WithMethods(policyName == Writes ? WriteMethods : ReadMethods)
            .WithHeaders(WidgetCaller.Header, "Content-Type", "If-None-Match", "X-Requested-With")
            .WithExposedHeaders("ETag")
            .SetPreflightMaxAge(PreflightAge)
            .Build();
    }
}
