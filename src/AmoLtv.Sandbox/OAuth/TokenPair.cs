namespace AmoLtv.Sandbox.OAuth;

/// <summary>What a successful exchange gives.</summary>
internal sealed record TokenPair(AccessToken Access, RefreshToken Refresh);
