namespace AmoLtv.Host.Callers;

/// <summary>A session of a page opened on its own.</summary>
/// <param name="AntiForgery">To be sent with every write (header <c>X-AmoLtv-Anti-Forgery</c>).</param>
public sealed record CookieAnswer(string AntiForgery, DateTimeOffset ExpiresAt);
