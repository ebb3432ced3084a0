using AmoLtv.Core.Identity;
using AmoLtv.Core.Notices;
using AmoLtv.Core.Tasks;

namespace AmoLtv.Host.Notices;

/// <summary>Sends a message that tells of nothing: whoever gets it knows that the way works.</summary>
public sealed class TrialSender(
    ConditionStore conditions, NoticeSettingsStore settings, CrmTaskSender crm, EmailSender email, WebhookSender webhook, TimeProvider time)
{
    /// <exception cref="NoticeFailedException">It could not be delivered, or the way is not configured.</exception>
    public async Task SendAsync(AccountId account, NoticeChannel channel, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var wanted = await settings.GetAsync(account, cancellationToken);
        var (name, isEnglish, _) = await conditions.DescribeAsync(account, cancellationToken);
        var marker = TaskMarker.Of(account, IncidentKind.Trial, now.ToUnixTimeMilliseconds(), channel, 0);
        var incident = new Incident(IncidentKind.Trial, now, isEnglish ? "an administrator tries it from the settings" : "администратор проверяет доставку из настроек");
        var message = new NoticeMessage(
            account, IncidentKind.Trial, now, 0, marker,
            NoticeText.Title(IncidentKind.Trial, isEnglish), NoticeText.Body(incident, name, isEnglish, marker));
        switch (channel)
        {
            case NoticeChannel.Crm:
                await crm.SendAsync(message, isRepeated: false, cancellationToken);
                break;
            case NoticeChannel.Email when wanted.Email is { } recipient && email.IsConfigured:
                await email.SendAsync(recipient, message, cancellationToken);
                break;
            case NoticeChannel.Webhook when wanted is { WebhookUrl: { } url, WebhookSecret: { } secret }:
                await webhook.SendAsync(url, secret, message, cancellationToken);
                break;
            default:
                throw new NoticeFailedException("This way of telling is not configured; save the address first.");
        }
    }
}
