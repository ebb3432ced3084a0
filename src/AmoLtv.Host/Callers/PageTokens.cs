using System.Security.Cryptography;
using System.Text.Json;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Installing;
using Microsoft.AspNetCore.DataProtection;

namespace AmoLtv.Host.Callers;

/// <summary>
/// Makes and reads the tokens of framed pages. They are encrypted and authenticated with keys of their own, derived from those in
/// <c>Keys:Folder</c>: every process of the service reads them, nobody else does, and nothing is stored.
/// </summary>
public sealed class PageTokens
{
    /// <summary>How long a token lives. A page asks its parent for the next one before that.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>No real one is longer.</summary>
    private const int MaxLength = 2048;

    private readonly IDataProtector _protector;
    private readonly TimeProvider _time;

    public PageTokens(SecretProtector protector, TimeProvider time)
    {
        _protector = protector.For("page-tokens.v1");
        _time = time;
    }

    public (string Token, DateTimeOffset ExpiresAt) Issue(Caller caller)
    {
        var expiresAt = _time.GetUtcNow() + Lifetime;
        var vouching = caller.Vouching;
        var body = new Body(caller.Account.Value, caller.User.Value, caller.Role, vouching.ClientId, vouching.IsAdmin, vouching.At, expiresAt);
        return (_protector.Protect(JsonSerializer.Serialize(body)), expiresAt);
    }

    /// <returns>Null where this service did not make the token, or its time has passed.</returns>
    public PageToken? Read(string token)
    {
        if (token.Length is 0 or > MaxLength)
        {
            return null;
        }

        try
        {
            var body = JsonSerializer.Deserialize<Body>(_protector.Unprotect(token))!;
            return body.ExpiresAt <= _time.GetUtcNow()
                ? null
                : new PageToken(
                    new AccountId(body.Account), new UserId(body.User), body.Role, new CrmVouching(body.ClientId, body.IsAdmin, body.SaidAt), body.ExpiresAt);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private sealed record Body(long Account, long User, Role Role, string ClientId, bool? IsAdmin, DateTimeOffset SaidAt, DateTimeOffset ExpiresAt);
}
