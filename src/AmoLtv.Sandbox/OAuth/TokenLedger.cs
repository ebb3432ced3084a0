using System.Collections.Concurrent;
using System.Security.Cryptography;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.OAuth;

/// <summary>All codes and tokens ever given, and the rules of their exchange. Guarded by the state's gate.</summary>
internal sealed class TokenLedger(SandboxState state)
{
    private const long CodeSeconds = 20 * 60;
    private const long RefreshSeconds = 90L * 24 * 3600;
    private readonly Dictionary<string, AuthorizationCode> _codes = [];
    private readonly Dictionary<string, AccessToken> _access = [];
    private readonly Dictionary<string, RefreshToken> _refresh = [];
    private readonly ConcurrentDictionary<string, string> _owners = new(StringComparer.Ordinal);

    /// <summary>A superseded refresh token works until its successor's pair is used; false: it works once.</summary>
    public bool IsLenient { get; set; }

    /// <summary>Lifetime of an access token, seconds.</summary>
    public const int AccessSeconds = 86_400;

    public void Keep(AuthorizationCode code)
    {
        _codes[code.Code] = code;
        state.Journal?.Append(code);
    }

    public void Keep(AccessToken token)
    {
        _access[token.Token] = token;
        _owners[token.Token] = token.ClientId;
        state.Journal?.Append(token);
    }

    public void Keep(RefreshToken token)
    {
        _refresh[token.Token] = token;
        state.Journal?.Append(token);
    }

    /// <summary>True once an admin has granted this integration: then other users may authorize it too.</summary>
    public bool IsInstalled(string clientId) =>
        _refresh.Values.Any(token => token.ClientId == clientId && !token.IsRevoked && state.User(token.UserId) is { IsAdmin: true });

    public AuthorizationCode IssueCode(string clientId, long userId)
    {
        var code = new AuthorizationCode(Opaque(320), clientId, userId, state.Clock.Seconds + CodeSeconds, IsUsed: false);
        Keep(code);
        return code;
    }

    /// <summary>Exchanges a code, once.</summary>
    public (TokenPair? Pair, GrantRefused? Refused) ExchangeCode(string code, string clientId, string apiDomain)
    {
        if (!_codes.TryGetValue(code, out var kept) || kept.ClientId != clientId)
        {
            return (null, new GrantRefused(400, "Cannot decrypt the authorization code"));
        }

        if (kept.ExpiresAt <= state.Clock.Seconds)
        {
            return (null, new GrantRefused(400, "Authorization code has expired"));
        }

        if (kept.IsUsed)
        {
            return (null, new GrantRefused(400, "Authorization code has been revoked"));
        }

        Keep(kept with { IsUsed = true });
        return (Issue(clientId, kept.UserId, predecessor: null, apiDomain), null);
    }

    /// <summary>Exchanges a refresh token for a new pair; the old one dies now, or under the lenient rule when the new one is used.</summary>
    public (TokenPair? Pair, GrantRefused? Refused) ExchangeRefresh(string token, string clientId, string apiDomain)
    {
        if (!_refresh.TryGetValue(token, out var kept) || kept.ClientId != clientId)
        {
            return (null, new GrantRefused(401, "Cannot decrypt the refresh token"));
        }

        if (kept.IsRevoked)
        {
            return (null, new GrantRefused(401, "Token has been revoked"));
        }

        if (kept.ExpiresAt <= state.Clock.Seconds)
        {
            return (null, new GrantRefused(401, "Token has expired"));
        }

        if (kept.Predecessor is { } predecessor)
        {
            Revoke(predecessor);
        }

        if (!IsLenient)
        {
            Revoke(token);
        }

        return (Issue(clientId, kept.UserId, IsLenient ? token : null, apiDomain), null);
    }

    /// <summary>A token that is known, not revoked and not expired; else null. Its use ends the life of the refresh token it came from.</summary>
    public AccessToken? Use(string token)
    {
        if (!_access.TryGetValue(token, out var kept) || kept.IsRevoked || kept.ExpiresAt <= state.Clock.Seconds)
        {
            return null;
        }

        if (kept.Predecessor is { } predecessor)
        {
            Revoke(predecessor);
            Keep(kept with { Predecessor = null });
        }

        return kept;
    }

    /// <summary>The integration that a token was given to, whatever became of the token; null for an unknown one. Needs no gate.</summary>
    public string? OwnerOf(string token) => _owners.GetValueOrDefault(token);

    /// <summary>A token made by hand on the integration's page: no refresh token, a life of days to years.</summary>
    public AccessToken IssueLongLived(string clientId, long userId, TimeSpan life, string apiDomain)
    {
        var expiresAt = state.Clock.Seconds + (long)life.TotalSeconds;
        var token = new AccessToken(AccessJwt.Write(clientId, userId, state.Account.Id, apiDomain, state.Clock.Seconds, expiresAt), clientId, userId, expiresAt, IsRevoked: false);
        Keep(token);
        return token;
    }

    public RefreshToken? FindRefresh(string token) => _refresh.GetValueOrDefault(token) is { IsRevoked: false } kept ? kept : null;

    /// <summary>What an admin does by disabling the integration: every token of it dies.</summary>
    public void RevokeAll(string clientId)
    {
        foreach (var token in _access.Values.Where(token => token.ClientId == clientId && !token.IsRevoked).ToList())
        {
            Keep(token with { IsRevoked = true });
        }

        foreach (var token in _refresh.Values.Where(token => token.ClientId == clientId).ToList())
        {
            Revoke(token.Token);
        }
    }

    private TokenPair Issue(string clientId, long userId, string? predecessor, string apiDomain)
    {
        var now = state.Clock.Seconds;
        var jwt = AccessJwt.Write(clientId, userId, state.Account.Id, apiDomain, now, now + AccessSeconds);
        var access = new AccessToken(jwt, clientId, userId, now + AccessSeconds, IsRevoked: false, predecessor);
        var refresh = new RefreshToken(Opaque(640), clientId, userId, now + RefreshSeconds, predecessor, IsRevoked: false);
        Keep(access);
        Keep(refresh);
        return new TokenPair(access, refresh);
    }

    private void Revoke(string token)
    {
        if (_refresh.TryGetValue(token, out var kept) && !kept.IsRevoked)
        {
            Keep(kept with { IsRevoked = true });
        }
    }

    private static string Opaque(int length) => "def50200" + RandomNumberGenerator.GetHexString(length, lowercase: true);
}
