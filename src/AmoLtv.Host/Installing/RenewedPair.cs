using AmoLtv.AmoCrm.OAuth;
using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Installing;

/// <summary>A pair that the CRM has given and the database may not have yet. Its text form leaves the tokens out.</summary>
/// <param name="Predecessor">The refresh token it was given for: only a grant that still holds that one is replaced.</param>
/// <param name="Pair">What the CRM gave.</param>
/// <param name="ExpiresAt">End of the access token.</param>
/// <param name="Moved">The account's present address, where it is another than the one stored; else null.</param>
internal sealed record RenewedPair(
    AccountId Account, string ClientId, string Predecessor, TokenPair Pair, DateTimeOffset ExpiresAt, Uri? Moved)
{
    public (AccountId Account, string ClientId) Grant => (Account, ClientId);

    public AccessToken Access => new(Pair.AccessToken, ExpiresAt);

    public override string ToString() => $"renewed pair of account {Account} until {ExpiresAt:u}";
}
