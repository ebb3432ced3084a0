using AmoLtv.Host.Callers;
using Microsoft.AspNetCore.Http.Features;

namespace AmoLtv.Host.Settings;

/// <summary>Endpoints of the settings page, whatever slice they are of: for administrators, never kept by a cache, refusals in words.</summary>
public static class SettingsEndpointGroup
{
    /// <param name="endpoints">The server's.</param>
    /// <param name="prefix">Below <c>/api/settings</c>.</param>
    public static RouteGroupBuilder MapSettingsGroup(this IEndpointRouteBuilder endpoints, string prefix) => endpoints
        .MapGroup("/api/settings" + prefix)
        .WithTags("Settings")
        .RequireAdmin()
        .WithMetadata(BodyLimit.Large)
        .AddEndpointFilter<SettingsRefusalFilter>()
        .ProducesProblem(StatusCodes.Status400BadRequest);

    /// <summary>Who asks; there is one behind <see cref="MapSettingsGroup"/>.</summary>
    public static Caller Caller(this HttpContext http) => http.Features.GetRequiredFeature<Caller>();
}
