using AmoLtv.AmoCrm.Transport;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Database;
using AmoLtv.Host.Installing;
using Npgsql;

namespace AmoLtv.Host.Running;

/// <summary>What ended or hindered a run, as a word that pages put into sentences with the next step.</summary>
public static class FailureCode
{
    /// <summary>A person ended it.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The service that ran it was stopped.</summary>
    public const string Stopped = "stopped";

    /// <summary>Another run took the account over.</summary>
    public const string TakenOver = "takenOver";

    /// <summary>It did its work but for a part that was refused.</summary>
    public const string Partial = "partial";

    public static string Of(Exception failure) => failure switch
    {
        _ when MemoryShortage.IsCauseOf(failure) => "memory",
        IncompleteStepException => Partial,
        ConnectionLostException => "connectionLost",
        CrmException refused => OfCrm(refused.Failure),
        RunFencedException => TakenOver,
        CommandFailedException => "refused",
        PostgresException refused when !ServerTrouble.IsRestart(refused) => "databaseRefused",
        NpgsqlException => "database",
        TimeoutException or OperationCanceledException => "timeout",
        _ => "unexpected",
    };

    private static string OfCrm(CrmFailure failure) => failure switch
    {
        CrmFailure.Unreachable => "crmUnreachable",
        CrmFailure.Timeout or CrmFailure.GatewayTimeout => "crmTimeout",
        CrmFailure.Throttled => "crmThrottled",
        CrmFailure.ServerError or CrmFailure.UnreadableAnswer => "crmFailing",
        CrmFailure.Unauthorized => "connectionLost",
        CrmFailure.PaymentRequired => "crmUnpaid",
        CrmFailure.Forbidden => "crmForbidden",
        CrmFailure.Blocked => "crmBlocked",
        _ => "crmRefused",
    };
}
