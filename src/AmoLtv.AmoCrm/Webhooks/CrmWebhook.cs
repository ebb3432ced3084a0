namespace AmoLtv.AmoCrm.Webhooks;

/// <summary>A subscription of ours as the CRM holds it.</summary>
/// <param name="Destination">Address the CRM calls.</param>
/// <param name="IsDisabled">Whether the CRM switched it off: it met too many failures.</param>
/// <param name="Events">Of <see cref="WebhookEvents"/>, and others the CRM knows.</param>
public sealed record CrmWebhook(string Destination, bool IsDisabled, IReadOnlySet<string> Events);
