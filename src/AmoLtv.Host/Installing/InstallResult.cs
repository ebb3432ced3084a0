namespace AmoLtv.Host.Installing;

/// <summary>How an install ended, or why it did not begin; each has its page.</summary>
public enum InstallResult
{
    Connected,

    /// <summary>The CRM has not answered yet; the service goes on by itself.</summary>
    Working,

    /// <summary>The person did not agree on the CRM's page.</summary>
    AccessDenied,

    /// <summary>The state is forged, used, older than ten minutes, or of another browser.</summary>
    BadState,

    /// <summary>The address of the account is not on the list of permitted hosts.</summary>
    UnknownHost,

    /// <summary>The integration is not one of this service's.</summary>
    UnknownIntegration,

    /// <summary>The CRM sent neither a code nor an error.</summary>
    NoCode,

    /// <summary>The first to connect an account must be an administrator.</summary>
    NotAdmin,

    /// <summary>An administrator has connected the account; another person's grant does not replace that one.</summary>
    AdminConnected,

    /// <summary>The account's own answer names another address than the one the code came from.</summary>
    WrongAccount,

    /// <summary>The CRM did not accept the code or what came of it.</summary>
    CodeRefused,

    /// <summary>The code was not exchanged within its twenty minutes.</summary>
    Expired,

    /// <summary>Too many installs at once.</summary>
    TooMany,
}
