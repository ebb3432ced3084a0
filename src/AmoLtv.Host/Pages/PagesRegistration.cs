using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Pages;

/// <summary>Registers the services of this slice: the server's alone.</summary>
public static class PagesRegistration
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddOptions<PagesOptions>().BindConfiguration(PagesOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PagesOptions>, PagesOptionsCheck>();
        services.Configure<RateLimiterOptions>(PageRateLimit.AddPolicy);
        services.AddSingleton<PageFiles>();
        services.AddHostedService(provider => provider.GetRequiredService<PageFiles>());
        return services;
    }
}
