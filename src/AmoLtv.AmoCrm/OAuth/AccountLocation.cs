using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.OAuth;

/// <summary>Where the CRM says that an account is now.</summary>
/// <param name="Domain">Its host as the CRM writes it, for example <c>acme.amocrm.ru</c>; not yet held to the host rule (<see cref="CrmHost"/>).</param>
public sealed record AccountLocation(AccountId Account, string Domain);
