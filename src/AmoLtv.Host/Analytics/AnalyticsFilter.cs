using AmoLtv.Host.Analytics.Lists;
using AmoLtv.Host.Callers;
using Npgsql;

namespace AmoLtv.Host.Analytics;

/// <summary>Numbers of clients stay with who asked for them; a list that cannot be understood is told, not failed at.</summary>
internal sealed class AnalyticsFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "private, no-store";
        context.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            return await next(context);
        }
        catch (BadFilterException wrong)
        {
            return CallerProblem.Of(StatusCodes.Status400BadRequest, "badFilter", wrong.Message);
        }
        catch (PostgresException wrong) when (wrong.SqlState.StartsWith("22", StringComparison.Ordinal))
        {
            // A cursor that was tampered with: its key is no value of the column.
            return CallerProblem.Of(StatusCodes.Status400BadRequest, "badFilter", "The cursor or a filter holds a value that cannot be compared.");
        }
    }
}
