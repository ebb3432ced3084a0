using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Accounts;

/// <summary>What the account says of itself.</summary>
/// <param name="CurrentUser">The user whose grant the token came from.</param>
/// <param name="Currency">ISO code, empty where the CRM gives none.</param>
/// <param name="TimeZone">IANA name, null where the CRM gives none.</param>
/// <param name="IsFilterEnabled">Whether filters on lists are honoured (a paid option on amocrm.ru).</param>
/// <param name="Self">Address the account gives for itself in <c>_links.self</c>, null where it gives none.</param>
public sealed record CrmAccount(
    AccountId Id,
    string Name,
    string Subdomain,
    UserId CurrentUser,
    string Currency,
    string CurrencySymbol,
    string? TimeZone,
    bool IsFilterEnabled,
    Uri? Self);
