namespace AmoLtv.Host.Callers;

/// <summary>What every group of endpoints for the card and the pages asks of a request.</summary>
public static class CallerEndpoints
{
    /// <summary>Any user of a connected account, at a bounded rate (<see cref="Caller"/> is a feature then).</summary>
    public static RouteGroupBuilder RequireCaller(this RouteGroupBuilder group) => group.Require(Role.Member);

    /// <summary>As <see cref="RequireCaller"/>, and the user administers the account or was named by who does.</summary>
    public static RouteGroupBuilder RequireAnalyst(this RouteGroupBuilder group) =>
        group.Require(Role.Analyst).AddEndpointFilter(new RoleFilter(Role.Analyst));

    /// <summary>As <see cref="RequireCaller"/>, and the user administers the account.</summary>
    public static RouteGroupBuilder RequireAdmin(this RouteGroupBuilder group) =>
        group.Require(Role.Admin).AddEndpointFilter(new RoleFilter(Role.Admin));

    /// <summary>
    /// Lets pages of the CRM write here, as the widget does. Without it they may only read, whatever token they have: the service's own
    /// pages need no leave, they are of its own origin.
    /// </summary>
    public static TBuilder AllowWidgetWrites<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireCors(AccountOriginPolicy.Writes);

    private static RouteGroupBuilder Require(this RouteGroupBuilder group, Role least)
    {
        group.RequireCors().RequireRateLimiting(CallerRateLimit.Policy).AddEndpointFilter<CallerFilter>().AddEndpointFilter<PlainQueryFilter>();
        group.WithMetadata(new CallerCheck(least), BodyLimit.Small);
        group.ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        return group;
    }
}
