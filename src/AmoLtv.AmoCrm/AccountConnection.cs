using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm;

/// <summary>How to reach one account as one integration.</summary>
/// <param name="Account">The account, null while its number is not known yet.</param>
/// <param name="BaseAddress">For example <c>https://acme.amocrm.ru</c>; passed the host rule.</param>
/// <param name="ClientId">Of the integration; with the address the key of the shared permitted rate.</param>
public sealed record AccountConnection(AccountId? Account, Uri BaseAddress, string ClientId, IAccessTokens Tokens);
