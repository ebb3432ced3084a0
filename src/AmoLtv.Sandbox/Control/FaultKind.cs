namespace AmoLtv.Sandbox.Control;

/// <summary>How a request may be made to fail.</summary>
internal enum FaultKind
{
    /// <summary>200 with a page of HTML.</summary>
    Html,

    /// <summary>500, 502 and 504 with an HTML page of the web server.</summary>
    ServerError,
    BadGateway,
    GatewayTimeout,

    /// <summary>No answer until the caller gives up.</summary>
    Timeout,

    /// <summary>The request is carried out, half of its answer is sent, the connection is cut.</summary>
    Truncated,

    /// <summary>The request is carried out, the connection is cut without an answer.</summary>
    Lost,

    /// <summary>429 with an HTML body.</summary>
    TooManyRequests,

    /// <summary>403 with an HTML body, as when an address is blocked.</summary>
    Forbidden,

    /// <summary>402: the account is not paid.</summary>
    PaymentRequired,
}
