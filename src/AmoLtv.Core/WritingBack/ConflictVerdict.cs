namespace AmoLtv.Core.WritingBack;

/// <summary>What to do with a field of a card whose value is not the one last written there.</summary>
public enum ConflictVerdict
{
    /// <summary>Our number has changed since: an ordinary write.</summary>
    Write,

    /// <summary>The CRM keeps fewer decimals than we write: it holds what it can, there is nothing to write.</summary>
    Rounded,

    /// <summary>Something else has written there, for the first time in a row: ours is written again.</summary>
    WriteAgain,

    /// <summary>It has happened before: whoever it is will do it again, so the field of this card is left alone.</summary>
    Stop,
}
