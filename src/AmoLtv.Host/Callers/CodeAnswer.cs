namespace AmoLtv.Host.Callers;

/// <summary>A code that opens the pages outside the CRM, once, within a minute.</summary>
/// <param name="Url">From the root of the service; the code lies in its fragment, which no server is sent.</param>
public sealed record CodeAnswer(string Code, DateTimeOffset ExpiresAt, string Url);
