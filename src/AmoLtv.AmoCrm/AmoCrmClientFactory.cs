using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.AmoCrm;

/// <summary>Makes clients; those of one (integration, account) share its permitted rate within the process.</summary>
public sealed class AmoCrmClientFactory(CrmHttp http)
{
    public AmoCrmClient Create(AccountConnection connection) => new(http, connection);
}
