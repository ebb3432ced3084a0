namespace AmoLtv.Sandbox;

/// <summary>Which account a request is meant for: each has ports of its own, as in the CRM each has a subdomain.</summary>
internal sealed class AccountsByPort
{
    private readonly Dictionary<int, SandboxContext> _accounts = [];

    public void Add(SandboxContext account)
    {
        foreach (var address in account.Addresses)
        {
            _accounts.Add(address.Port, account);
        }
    }

    public SandboxContext Of(HttpContext http) => _accounts[http.Connection.LocalPort];
}
