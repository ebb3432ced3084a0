using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Notices;

/// <summary>Registers the services of this slice; the watch is the server's alone.</summary>
public static class NoticesRegistration
{
    public static IServiceCollection AddNotices(this IServiceCollection services)
    {
        services.AddOptions<NoticesOptions>().BindConfiguration(NoticesOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<NoticesOptions>, NoticesOptionsCheck>();
        services.AddSingleton<ConditionStore>();
        services.AddSingleton<NoticeStore>();
        services.AddSingleton<NoticeSettingsStore>();
        services.AddSingleton<CrmTaskSender>();
        services.AddSingleton<EmailSender>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<NoticeRound>();
        services.AddSingleton<TrialSender>();
        return services;
    }

    public static IServiceCollection AddNoticeWatch(this IServiceCollection services) => services.AddHostedService<NoticeWatch>();
}
