using AmoLtv.AmoCrm.Accounts;
using AmoLtv.AmoCrm.OAuth;

namespace AmoLtv.Host.Installing;

/// <summary>The rules of an install, pure.</summary>
public static class GrantRules
{
    /// <param name="isAdmin">Whether an administrator gives the new grant.</param>
    /// <param name="existing">Whether an administrator gave the present one; null where there is none.</param>
    public static GrantDecision Decide(bool isAdmin, bool? existing) => (isAdmin, existing) switch
    {
        (true, _) => GrantDecision.Accepted,
        (false, true) => GrantDecision.RefusedInPlaceOfAdmin,
        (false, null) => GrantDecision.RefusedFirstByNonAdmin,
        (false, false) => GrantDecision.Accepted,
    };

    /// <summary>
    /// Whether the account's own answer names the host that the code was said to come from: a caller may send a good code of one account
    /// with the host of another. On the vendors' hosts the first label must be the account's subdomain. A host the operator added has no
    /// such label: there the operator vouches, and only an address that the account gives for itself (<c>_links.self</c>) is compared.
    /// </summary>
    public static bool NamesHost(CrmAccount account, Uri baseAddress)
    {
        var isSelf = account.Self is not { } self || string.Equals(self.Authority, baseAddress.Authority, StringComparison.OrdinalIgnoreCase);
        if (!CrmHost.IsVendor(baseAddress))
        {
            return isSelf;
        }

        var label = baseAddress.Host[..baseAddress.Host.IndexOf('.', StringComparison.Ordinal)];
        return isSelf && string.Equals(label, account.Subdomain, StringComparison.OrdinalIgnoreCase);
    }
}
