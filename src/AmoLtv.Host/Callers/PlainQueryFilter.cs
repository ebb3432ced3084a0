namespace AmoLtv.Host.Callers;

/// <summary>Refuses words in an address that no text of the database can hold.</summary>
public sealed class PlainQueryFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Query.SelectMany(part => part.Value).Any(value => value?.Contains('\0', StringComparison.Ordinal) == true)
            ? ValueTask.FromResult<object?>(CallerProblem.Of(StatusCodes.Status400BadRequest, "query", "The address has a character with the code 0."))
            : next(context);
}
