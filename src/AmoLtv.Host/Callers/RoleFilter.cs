using Microsoft.AspNetCore.Http.Features;

namespace AmoLtv.Host.Callers;

/// <summary>Lets only users of at least a role through; stands behind <see cref="CallerFilter"/>.</summary>
public sealed class RoleFilter(Role least) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (context.HttpContext.Features.GetRequiredFeature<Caller>().Role >= least)
        {
            return next(context);
        }

        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return ValueTask.FromResult<object?>(least == Role.Admin ? CallerProblem.NotAdmin() : CallerProblem.NotAnalyst());
    }
}
