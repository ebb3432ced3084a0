namespace AmoLtv.Host.Notices;

/// <summary>Where an account's admin wants to be told, without the secret: what the trail keeps.</summary>
/// <param name="IsInCrm">By a task in the CRM.</param>
/// <param name="Email">To this address; null: not by e-mail.</param>
/// <param name="WebhookUrl">By a POST to this address; null: not by a webhook.</param>
internal sealed record NoticeChoice(bool IsInCrm, string? Email, string? WebhookUrl)
{
    public static NoticeChoice Of(NoticeSettings settings) => new(settings.IsInCrm, settings.Email, settings.WebhookUrl);
}
