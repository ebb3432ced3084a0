namespace AmoLtv.AmoCrm.OAuth;

/// <summary>What a call that says "the integration was switched off" turned out to be.</summary>
public enum UninstallHookOutcome
{
    Valid,

    /// <summary>The integration or the account's number is missing.</summary>
    Malformed,

    /// <summary>The integration is none of this service's.</summary>
    UnknownIntegration,

    /// <summary>The integration has no secret that could verify anything.</summary>
    NoSecret,

    /// <summary>Signed with another secret, or not signed.</summary>
    BadSignature,
}
