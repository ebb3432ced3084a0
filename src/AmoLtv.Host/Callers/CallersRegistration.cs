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
        services.AddSingleton<AccountAddresses>();
        return services;
    }
}
