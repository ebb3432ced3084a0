using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace AmoLtv.Host.Cards;

/// <summary>The card is as the one who asks has it: a status, its version and nothing else.</summary>
public sealed class UnchangedCard(string version) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
        httpContext.Response.Headers.ETag = CardVersion.ETagOf(version);
        return Task.CompletedTask;
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified));
}
