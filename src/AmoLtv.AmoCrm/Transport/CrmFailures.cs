using System.Net;

namespace AmoLtv.AmoCrm.Transport;

/// <summary>Maps HTTP statuses to <see cref="CrmFailure"/>, and says which failures are worth a repeat.</summary>
public static class CrmFailures
{
    public static CrmFailure FromStatus(HttpStatusCode status) => (int)status switch
    {
        400 => CrmFailure.Invalid,
        401 => CrmFailure.Unauthorized,
        402 => CrmFailure.PaymentRequired,
        403 => CrmFailure.Forbidden,
        404 or 405 => CrmFailure.NotFound,
        408 => CrmFailure.Timeout,
        413 or 422 => CrmFailure.Unprocessable,
        429 => CrmFailure.Throttled,
        504 => CrmFailure.GatewayTimeout,
        >= 500 => CrmFailure.ServerError,
        _ => CrmFailure.Unexpected,
    };

    /// <summary>True where the same request may succeed later without anybody doing anything.</summary>
    public static bool IsRetryable(this CrmFailure failure) => failure is
        CrmFailure.Unreachable or CrmFailure.Timeout or CrmFailure.Throttled or
        CrmFailure.ServerError or CrmFailure.GatewayTimeout or CrmFailure.UnreadableAnswer;

    /// <summary>What the admin or operator should do, in one sentence.</summary>
    public static string NextStep(this CrmFailure failure) => failure switch
    {
        CrmFailure.Unreachable => "Check the network between this server and the CRM; the next run tries again.",
        CrmFailure.Timeout or CrmFailure.ServerError => "The CRM has trouble of its own; the next run tries again.",
        CrmFailure.GatewayTimeout => "The CRM took too long over the request; it is tried again, a batch of changes in smaller parts.",
        CrmFailure.Throttled => "Too many requests; wait, or lower Crm:RequestsPerSecond.",
        CrmFailure.UnreadableAnswer => "The CRM answered something that is not its API; the next run tries again.",
        CrmFailure.Invalid or CrmFailure.Unprocessable => "The CRM did not accept the content; see its words and correct the settings they name.",
        CrmFailure.Unauthorized => "An administrator of the account must install the integration again.",
        CrmFailure.PaymentRequired => "The account's subscription has ended or lacks this feature; it must be paid. Work goes on by itself then.",
        CrmFailure.Forbidden => "Check the rights of the user who installed the integration.",
        CrmFailure.Blocked => "Check the account's list of permitted addresses, or ask the CRM's support to lift the block: it needs the account, "
            + "this server's address and the number of the request. Work goes on by itself once the CRM answers again.",
        CrmFailure.NotFound => "The CRM does not know this address; check the account's address.",
        _ => "See the log of the service for the status.",
    };
}
