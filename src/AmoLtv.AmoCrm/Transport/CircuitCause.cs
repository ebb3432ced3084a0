namespace AmoLtv.AmoCrm.Transport;

/// <summary>Why nothing is asked of an account for the time being.</summary>
public enum CircuitCause
{
    /// <summary>The CRM refuses every request: a block after too many requests, or a list of permitted addresses.</summary>
    Blocked,

    /// <summary>The account is not paid.</summary>
    Unpaid,

    /// <summary>The CRM asks for a long rest, or goes on refusing at the permitted rate.</summary>
    Throttled,
}
