namespace AmoLtv.Host.Installing;

/// <summary>A code the CRM gave and that is to be exchanged, claimed by this process until its <c>not_before</c>.</summary>
/// <param name="Tokens">Encrypted tokens, where an earlier attempt exchanged the code and then died.</param>
public sealed record PendingGrant(
    long Id, string ClientId, Uri BaseAddress, byte[] Code, byte[]? Tokens, bool FromWidget, DateTimeOffset ReceivedAt, int Attempts);
