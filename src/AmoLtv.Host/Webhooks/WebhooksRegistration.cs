using AmoLtv.Host.Installing;
using AmoLtv.Host.Running;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Webhooks;

/// <summary>Registers what takes hooks, and what follows changes between nights.</summary>
public static class WebhooksRegistration
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddOptions<WebhooksOptions>().BindConfiguration(WebhooksOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WebhooksOptions>, WebhooksOptionsCheck>();
        services.AddSingleton<SubscriptionStore>();
        services.AddSingleton<HookDestination>();
        services.AddSingleton<IErasurePreparation, SubscriptionEnd>();
        services.AddSingleton<HookAccounts>();
        services.AddSingleton<HookMarkStore>();
        services.AddSingleton<HookInbox>();
        services.AddSingleton<HookReceiver>();
        services.AddSingleton<ChangeFollowStore>();
        services.AddSingleton<WholeSyncStore>();
        services.AddTransient<IRecurringJob, SubscriptionJob>();
        services.AddTransient<IRecurringJob, ChangeJob>();
        services.AddTransient<IRecurringJob, WholeSyncJob>();
        return services;
    }
}
