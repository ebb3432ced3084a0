namespace AmoLtv.AmoCrm.Transport;

/// <summary>Why a call to the CRM failed: the one taxonomy every caller decides by.</summary>
public enum CrmFailure
{
    /// <summary>No connection could be made, or it broke before an answer began.</summary>
    Unreachable,

    /// <summary>The CRM did not answer in time.</summary>
    Timeout,

    /// <summary>429: more requests than permitted.</summary>
    Throttled,

    /// <summary>5xx other than 504.</summary>
    ServerError,

    /// <summary>504: the request was too large for the CRM; a batch should be halved.</summary>
    GatewayTimeout,

    /// <summary>An answer that is not the JSON it should be: HTML, cut off, or of another shape.</summary>
    UnreadableAnswer,

    /// <summary>400: the CRM did not accept the content.</summary>
    Invalid,

    /// <summary>401: the token is not valid and could not be renewed.</summary>
    Unauthorized,

    /// <summary>402: the account is unpaid, or its plan lacks the feature.</summary>
    PaymentRequired,

    /// <summary>403 of one thing: missing rights.</summary>
    Forbidden,

    /// <summary>403 of everything: a block after too many requests, or a list of permitted addresses.</summary>
    Blocked,

    /// <summary>404 and 405: an address the CRM does not know.</summary>
    NotFound,

    /// <summary>413 and 422: too many elements, or a content that makes no sense to the CRM.</summary>
    Unprocessable,

    /// <summary>Any other status, among them a redirect, which is never followed.</summary>
    Unexpected,
}
