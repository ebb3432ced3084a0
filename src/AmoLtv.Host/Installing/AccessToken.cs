namespace AmoLtv.Host.Installing;

/// <summary>An access token and when it ends. Its text form leaves the token out.</summary>
public sealed record AccessToken(string Value, DateTimeOffset ExpiresAt)
{
    public override string ToString() => $"access token until {ExpiresAt:u}";
}
