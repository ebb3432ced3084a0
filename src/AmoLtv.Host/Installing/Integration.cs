using AmoLtv.AmoCrm.OAuth;

namespace AmoLtv.Host.Installing;

/// <summary>An integration of this service, its secret read.</summary>
/// <param name="Brand"><c>amocrm</c> or <c>kommo</c>.</param>
/// <param name="AuthorizeUri">The page on which an admin agrees.</param>
public sealed record Integration(CrmIntegration Crm, string Brand, Uri AuthorizeUri)
{
    public string ClientId => Crm.ClientId;
}
