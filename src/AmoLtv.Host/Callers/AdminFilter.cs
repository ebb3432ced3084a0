using Microsoft.AspNetCore.Http.Features;

namespace AmoLtv.Host.Callers;

/// <summary>Lets only administrators of the account through; stands behind <see cref="CallerFilter"/>.</summary>
public sealed class AdminFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Features.GetRequiredFeature<Caller>().IsAdmin
            ? next(context)
            : ValueTask.FromResult<object?>(CallerProblem.NotAdmin());
}
