namespace AmoLtv.AmoCrm.Widget;

/// <summary>What a disposable token of the widget turned out to be.</summary>
public enum WidgetTokenOutcome
{
    Valid,

    /// <summary>Not a signed JSON Web Token, or one without a number of account or user.</summary>
    Malformed,

    /// <summary><c>client_uuid</c> names no integration of this service.</summary>
    UnknownIntegration,

    /// <summary>The integration has no secret that could verify anything.</summary>
    NoSecret,

    /// <summary>Signed with another key or algorithm, or not signed.</summary>
    BadSignature,

    /// <summary>Made for another service: <c>aud</c> is not the redirect address of the integration.</summary>
    WrongAudience,

    /// <summary><c>exp</c> has passed, or is missing.</summary>
    Expired,

    /// <summary><c>nbf</c> has not come yet.</summary>
    NotYetValid,

    /// <summary><c>iss</c> is not the account's host.</summary>
    WrongIssuer,
}
