using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.Host.Installing;

/// <summary>The token of a grant that is not trusted yet: it is tried as it is and never renewed.</summary>
internal sealed class PresentedToken(string value) : IAccessTokens
{
    public ValueTask<string> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(value);

    public Task<string> RenewAsync(string rejected, CancellationToken cancellationToken) =>
        throw new CrmException(CrmFailure.Unauthorized, "Checking the new token", "the CRM does not accept the token it has given");
}
