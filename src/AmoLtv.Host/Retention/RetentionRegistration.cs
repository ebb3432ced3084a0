using AmoLtv.Host.Running;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Retention;

/// <summary>Registers what keeps the database from growing without end.</summary>
public static class RetentionRegistration
{
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionOptionsCheck>();
        services.AddSingleton<RetentionStore>();
        services.AddSingleton<RetentionJob>();
        services.AddSingleton<IRecurringJob>(provider => provider.GetRequiredService<RetentionJob>());
        return services;
    }
}
