using AmoLtv.Host.Settings;

namespace AmoLtv.Host.Notices;

/// <summary>Where the admin is told, as the page shows it; the secret only once, when it is made.</summary>
/// <param name="IsInCrm">By a task in the CRM.</param>
/// <param name="Email">To this address; null: not by e-mail.</param>
/// <param name="WebhookUrl">By a POST to this address; null: not by a webhook.</param>
/// <param name="HasMailServer">Whether this service has a mail server to send by.</param>
/// <param name="Seen">Names the state that was read; a change carries the one it was made on.</param>
/// <param name="NewSecret">Signs the posts; told where it was made just now, else null.</param>
public sealed record NoticeDocument(
    bool IsInCrm, string? Email, string? WebhookUrl, bool HasMailServer, string Seen, string? NewSecret = null)
{
    internal static NoticeDocument Of(NoticeChoice choice, bool hasMailServer) =>
        new(choice.IsInCrm, choice.Email, choice.WebhookUrl, hasMailServer, SeenState.Of(choice));
}
