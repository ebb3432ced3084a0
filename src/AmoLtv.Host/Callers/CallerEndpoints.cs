namespace AmoLtv.Host.Callers;

/// <summary>What every group of endpoints for pages of the CRM asks of a request.</summary>
public static class CallerEndpoints
{
    /// <summary>Pages of connected accounts alone, at a bounded rate, by a user whom the CRM vouches for (<see cref="Caller"/> is a feature then).</summary>
    public static RouteGroupBuilder RequireCaller(this RouteGroupBuilder group) =>
        group.RequireCors().RequireRateLimiting(CallerRateLimit.Policy).AddEndpointFilter<CallerFilter>();

    /// <summary>As <see cref="RequireCaller"/>, and the user administers the account.</summary>
    public static RouteGroupBuilder RequireAdmin(this RouteGroupBuilder group) =>
        group.RequireCaller().AddEndpointFilter<AdminFilter>();
}
