namespace AmoLtv.Host.Notices;

/// <summary>Where an account's admin wants to be told.</summary>
/// <param name="IsInCrm">By a task in the CRM.</param>
/// <param name="Email">To this address; null: not by e-mail.</param>
/// <param name="WebhookUrl">By a POST to this address; null: not by a webhook.</param>
/// <param name="WebhookSecret">Signs the posts.</param>
public sealed record NoticeSettings(bool IsInCrm, string? Email, string? WebhookUrl, string? WebhookSecret);
