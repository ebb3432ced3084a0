namespace AmoLtv.Host.Notices;

/// <summary>Where the admin wants to be told.</summary>
/// <param name="IsInCrm">By a task in the CRM.</param>
/// <param name="Email">To this address; null or empty: not by e-mail.</param>
/// <param name="WebhookUrl">By a POST to this address; null or empty: not by a webhook.</param>
/// <param name="Seen">As the page read it with what it showed.</param>
public sealed record NoticeWish(bool IsInCrm, string? Email, string? WebhookUrl, string? Seen)
{
    internal static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
