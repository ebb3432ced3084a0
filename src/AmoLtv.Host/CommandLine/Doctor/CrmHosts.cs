using AmoLtv.AmoCrm.OAuth;

namespace AmoLtv.Host.CommandLine.Doctor;

/// <summary>Which hosts of the CRM are asked: those the service would call.</summary>
internal static class CrmHosts
{
    /// <summary>Accounts beyond these are behind the same doors.</summary>
    private const int MostAccounts = 3;

    /// <param name="accounts">Addresses of connected accounts.</param>
    /// <param name="extraHosts">Those the operator added.</param>
    /// <param name="authorizePages">Where admins agree.</param>
    public static IReadOnlyList<Uri> Choose(IEnumerable<Uri> accounts, IReadOnlyCollection<Uri> extraHosts, IEnumerable<Uri> authorizePages)
    {
        // With sandboxes alone the vendor is not called.
        var isTrial = extraHosts.Count > 0 && extraHosts.All(CrmHost.IsLoopback);
        return
        [
            .. accounts.Take(MostAccounts)
                .Concat(extraHosts)
                .Concat(authorizePages.Where(page => !isTrial || CrmHost.IsLoopback(page)))
                .Select(address => new Uri(address.GetLeftPart(UriPartial.Authority)))
                .Distinct(),
        ];
    }
}
