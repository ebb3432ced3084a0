using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.Host.Installing;

/// <summary>How a failure of asking the CRM is read, and when it is asked again.</summary>
public static class ProbeRule
{
    /// <summary>A grant that works.</summary>
    public static readonly TimeSpan Daily = TimeSpan.FromDays(1);

    /// <summary>
    /// After a hook that turned out wrong, another one does not stop the work for so long: its signature holds for ever and may be sent
    /// again and again. The API is asked when the time is over.
    /// </summary>
    public static readonly TimeSpan TrustAfterProbe = TimeSpan.FromMinutes(1);

    /// <param name="failure">Of a call with a token that was renewed where that was possible.</param>
    public static ProbeAnswer Read(CrmException failure) => failure.Failure switch
    {
        CrmFailure.Unauthorized => new ProbeAnswer(ProbeAnswer.Outcome.Lost, null, failure.Detail ?? "the CRM does not accept the token it has given"),
        // The API itself does not know the account: it was closed. One that was renamed has been looked for by then.
        CrmFailure.NotFound when failure.IsFromApi => Hindered(Hindrance.Unpaid, failure),
        CrmFailure.PaymentRequired => Hindered(Hindrance.Unpaid, failure),
        CrmFailure.Forbidden => Hindered(failure.IsFromApi ? Hindrance.Rights : Hindrance.Blocked, failure),
        CrmFailure.Blocked => Hindered(Hindrance.Blocked, failure),
        CrmFailure.Unreachable or CrmFailure.Timeout or CrmFailure.ServerError or CrmFailure.GatewayTimeout or CrmFailure.UnreadableAnswer
            or CrmFailure.NotFound or CrmFailure.Unexpected => Hindered(Hindrance.Unreachable, failure),
        // A wrong secret of ours, told by the renewal itself, or too many requests.
        _ => new ProbeAnswer(ProbeAnswer.Outcome.Unclear, null, failure.Message),
    };

    /// <summary>
    /// How long until the CRM is asked again. Who is blocked or unpaid stays so for a while, and asking does not help; a hook that waits
    /// for its answer stops the account's work.
    /// </summary>
    public static TimeSpan Pause(ProbeAnswer answer, bool isSuspended) => answer switch
    {
        { Kind: ProbeAnswer.Outcome.Works or ProbeAnswer.Outcome.Lost } => Daily,
        _ when isSuspended => TimeSpan.FromMinutes(1),
        { Hindrance: Hindrance.Unpaid } => TimeSpan.FromHours(6),
        { Hindrance: Hindrance.Rights or Hindrance.Blocked } => TimeSpan.FromHours(1),
        _ => TimeSpan.FromMinutes(5),
    };

    private static ProbeAnswer Hindered(Hindrance hindrance, CrmException failure) =>
        new(ProbeAnswer.Outcome.Hindered, hindrance, failure.Detail ?? failure.Message);
}
