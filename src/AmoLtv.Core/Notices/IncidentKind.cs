namespace AmoLtv.Core.Notices;

/// <summary>What the admin has to know.</summary>
public enum IncidentKind
{
    /// <summary>The last nightly run of the account failed.</summary>
    NightFailed,

    /// <summary>No grant of the account works any more.</summary>
    ConnectionLost,

    /// <summary>A field that results were written into was deleted or retyped in the CRM.</summary>
    FieldOff,

    /// <summary>Something else keeps writing into fields that results are written into.</summary>
    FieldConflict,

    /// <summary>Nothing: an admin tries whether a message arrives.</summary>
    Trial,
}
