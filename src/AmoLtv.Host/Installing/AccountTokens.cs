using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Installing;

/// <summary>The token of one grant, kept in memory while it lasts.</summary>
internal sealed class AccountTokens(TokenKeeper keeper, AccountId account, string clientId) : IAccessTokens
{
    private AccessToken? _current;

    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        var current = _current;
        if (current is null || keeper.IsEnding(current.ExpiresAt))
        {
            _current = current = await keeper.GetAsync(account, clientId, rejected: null, cancellationToken);
        }

        return current.Value;
    }

    public async Task<string> RenewAsync(string rejected, CancellationToken cancellationToken) =>
        (_current = await keeper.GetAsync(account, clientId, rejected, cancellationToken)).Value;
}
