namespace AmoLtv.AmoCrm.Webhooks;

/// <summary>The CRM's names of what a webhook may be called for.</summary>
public static class WebhookEvents
{
    /// <summary>
    /// What every account is subscribed to. Changes of companies and contacts are not among them: our own writing makes one for each card.
    /// </summary>
    public static IReadOnlyList<string> Always { get; } =
    [
        "add_lead", "update_lead", "delete_lead", "restore_lead", "status_lead", "responsible_lead",
        "delete_company", "restore_company", "responsible_company",
        "delete_contact", "restore_contact",
    ];

    /// <summary>For accounts whose settings use a custom field of companies.</summary>
    public const string UpdateCompany = "update_company";

    /// <summary>For accounts whose settings use a custom field of contacts.</summary>
    public const string UpdateContact = "update_contact";
}
