using AmoLtv.Host.Callers;
using Microsoft.AspNetCore.Http.Features;

namespace AmoLtv.Host.Sheets;

/// <summary>Makes a file where one of the <see cref="ExportSlots"/> is free, and keeps the slot until the file is sent or its reader gone.</summary>
public sealed class ExportFilter(ExportSlots slots) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var slot = slots.Take(http.Features.GetRequiredFeature<Caller>().Account);
        http.Response.RegisterForDispose(slot);
        if (slot.IsAcquired)
        {
            return await next(context);
        }

        http.Response.Headers.RetryAfter = "10";
        return CallerProblem.Of(
            StatusCodes.Status429TooManyRequests, "tooManyExports", "Other files are being loaded at this moment. Try again when they are done.");
    }
}
