namespace AmoLtv.Sandbox.OAuth;

/// <summary>Why the token endpoint gives nothing.</summary>
/// <param name="Hint">Null where the vendor's answer is the generic one.</param>
internal sealed record GrantRefused(int Status, string? Hint);
