using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Widget;

/// <summary>Who asks, as the CRM vouches. It names the user, not what the user may see.</summary>
/// <param name="Issuer">Address of the account, for example <c>https://acme.amocrm.ru</c>; null where it is no address.</param>
/// <param name="IsAdmin">Null where the claim is missing.</param>
public sealed record WidgetClaims(string ClientId, AccountId Account, UserId User, bool? IsAdmin, Uri? Issuer)
{
    /// <summary>Whether the token comes from the host where the account is known to be.</summary>
    public bool IsIssuedBy(Uri accountAddress) =>
        Issuer is { } issuer
        && issuer.Scheme == accountAddress.Scheme
        && string.Equals(issuer.Authority, accountAddress.Authority, StringComparison.OrdinalIgnoreCase);
}
