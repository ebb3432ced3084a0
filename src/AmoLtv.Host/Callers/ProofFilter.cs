using Microsoft.AspNetCore.Http.Features;

namespace AmoLtv.Host.Callers;

/// <summary>Lets only callers through who show one of these proofs; stands behind <see cref="CallerFilter"/>.</summary>
public sealed class ProofFilter(params CallerProof[] allowed) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        allowed.Contains(context.HttpContext.Features.GetRequiredFeature<Caller>().Proof)
            ? next(context)
            : ValueTask.FromResult<object?>(CallerProblem.WrongProof());
}
