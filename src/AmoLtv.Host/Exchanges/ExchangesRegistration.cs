using AmoLtv.AmoCrm.Transport;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Exchanges;

/// <summary>Registers the log of calls.</summary>
public static class ExchangesRegistration
{
    public static IServiceCollection AddExchanges(this IServiceCollection services)
    {
        services.AddOptions<ExchangeOptions>().BindConfiguration(ExchangeOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ExchangeOptions>, ExchangeOptionsCheck>();
        services.AddSingleton<ExchangeStore>();
        services.AddSingleton<ExchangeReader>();
        services.AddSingleton<ExchangeLog>();
        services.AddSingleton<IExchangeLog>(provider => provider.GetRequiredService<ExchangeLog>());
        return services;
    }
}
