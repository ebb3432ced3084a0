using Microsoft.AspNetCore.Cors.Infrastructure;

namespace AmoLtv.Host.Callers;

/// <summary>Registers the services of this slice.</summary>
public static class CallersRegistration
{
    public static IServiceCollection AddCallers(this IServiceCollection services)
    {
        services.AddCors();
        services.AddSingleton<ICorsPolicyProvider, AccountOriginPolicy>();
        services.AddRateLimiter(CallerRateLimit.AddPolicy);
        services.AddExceptionHandler<DatabaseAway>();
        services.AddSingleton<AccountAddresses>();
        services.AddSingleton<KnownOrigins>();
        services.AddSingleton<CallerStore>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<AccessStore>();
        services.AddSingleton<MeReader>();
        services.AddSingleton<PageTokens>();
        services.AddSingleton<WidgetCaller>();
        services.AddSingleton<PageCaller>();
        services.AddSingleton<OwnPage>();
        return services;
    }
}
