namespace AmoLtv.Host.Running;

/// <summary>Why a run began; kept in its row.</summary>
public static class RunCause
{
    /// <summary>The account's own time of night.</summary>
    public const string Night = "night";

    /// <summary>The account has just been connected.</summary>
    public const string Connected = "connected";

    /// <summary>Something changed in the CRM between nights.</summary>
    public const string Change = "change";

    /// <summary>A person asked for it in the running service.</summary>
    public const string Manual = "manual";

    /// <summary>A command line verb.</summary>
    public const string Command = "command";

    /// <summary>Whether nobody asked for it, so that it may wait.</summary>
    public static bool IsAutomatic(string cause) => cause is Night or Connected or Change;
}
