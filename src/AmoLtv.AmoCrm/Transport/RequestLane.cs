namespace AmoLtv.AmoCrm.Transport;

/// <summary>Who waits for an answer; both draw on the same permitted rate.</summary>
public enum RequestLane
{
    /// <summary>A run over the account.</summary>
    Batch,

    /// <summary>A person who looks at a card: goes before every waiting batch call.</summary>
    Interactive,
}
