namespace AmoLtv.Sandbox.Control;

/// <summary>How a request may be made to fail.</summary>
internal enum FaultKind
{
    /// <summary>200 with a page of HTML.</summary>
    Html,

    /// <summary>500, 502, 503 and 504 with an HTML page of the web server; nothing was carried out.</summary>
    ServerError,
    BadGateway,
    Unavailable,
    GatewayTimeout,

    /// <summary>No answer until the caller gives up; nothing was carried out.</summary>
    Timeout,

    /// <summary>The request is carried out, half of its answer is sent, the connection is cut.</summary>
    Truncated,

    /// <summary>The request is carried out, half of its answer is sent, and then nothing until the caller gives up.</summary>
    Stalled,

    /// <summary>The request is carried out, the connection is cut without an answer.</summary>
    Lost,

    /// <summary>The connection is cut before anything was carried out.</summary>
    Reset,

    /// <summary>429: with <c>retry_after</c> in JSON, or with an HTML body.</summary>
    TooManyRequests,

    /// <summary>403 with an HTML body, as when an address is blocked.</summary>
    Forbidden,

    /// <summary>402: the account is not paid.</summary>
    PaymentRequired,

    /// <summary>The answer comes late.</summary>
    Latency,

    /// <summary>A list's later page repeats the page before it.</summary>
    DuplicatePage,

    /// <summary>A list's later page begins some rows early: those come twice.</summary>
    ShiftedPage,

    /// <summary>A list's later page begins some rows late: those are never shown.</summary>
    SkippedRows,

    /// <summary>The CRM's clock jumps.</summary>
    Skew,
}
