using AmoLtv.Host.Callers;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AmoLtv.Host.Pages;

/// <summary>The OpenAPI document of what the card and the pages call, at <c>/openapi/v1.json</c>.</summary>
public static class ApiDescription
{
    private const string Version = "v1";
    private const string Widget = "widgetToken";
    private const string PageToken = "pageToken";
    private const string Cookie = "pageSession";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi(Version, options =>
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "AmoLtv",
                Version = Version,
                Description = "What the card and the pages of AmoLtv call. Errors are problem details (RFC 9457) with a member code that names the case.",
            };
            // The address it is asked at is the address it describes.
            document.Servers = [];
            document.AddComponent<IOpenApiSecurityScheme>(Widget, Scheme(ParameterLocation.Header, WidgetCaller.Header, "The CRM's own token, which its widget SDK sends."));
            document.AddComponent<IOpenApiSecurityScheme>(Cookie, Scheme(
                ParameterLocation.Cookie, SessionCookie.Name, $"Session of a page opened on its own; writes also need the header {PageCaller.AntiForgeryHeader}, and where a read has it, it must be the session's."));
            document.AddComponent<IOpenApiSecurityScheme>(PageToken, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "Token of a framed page, from POST /api/sessions; lives 15 minutes.",
            });
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<CallerCheck>().LastOrDefault() is { } check)
            {
                operation.Description = Needs(check.Least);
                operation.Security = [.. new[] { Widget, PageToken, Cookie }.Select(name => new OpenApiSecurityRequirement
                {
                    [new OpenApiSecuritySchemeReference(name, context.Document)] = [],
                })];
            }

            return Task.CompletedTask;
        });
    });

    public static IEndpointRouteBuilder MapApiDescription(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapOpenApi("/openapi/{documentName}.json").RequireRateLimiting(CallerRateLimit.Policy);
        return endpoints;
    }

    private static OpenApiSecurityScheme Scheme(ParameterLocation place, string name, string words) =>
        new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = place, Name = name, Description = words };

    private static string Needs(Role least) => least switch
    {
        Role.Admin => "For administrators of the account.",
        Role.Analyst => "For administrators of the account and users they named.",
        _ => "For every user of the account.",
    };
}
