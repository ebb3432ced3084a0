namespace AmoLtv.Host.Installing;

/// <summary>Why an account was erased; kept in its receipt.</summary>
public enum ErasureCause
{
    /// <summary>Its integration was switched off, and the account had chosen to be erased then.</summary>
    Uninstalled,

    /// <summary>The operator's command.</summary>
    Command,
}
