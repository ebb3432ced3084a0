using System.Net;

namespace AmoLtv.AmoCrm.Transport;

/// <summary>Which answers may mean that an account is to be left alone, and how often it is asked whether that is over.</summary>
public static class CircuitRule
{
    /// <summary>Refusals in a row, at the permitted rate and with pauses between, after which the CRM means it.</summary>
    public const int ThrottledInARow = 8;

    /// <summary>A person who starts a run may ask sooner than the plan says, and no sooner than this after the last probe.</summary>
    public static readonly TimeSpan PersonsProbe = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan[] BlockedProbes =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1)];

    private static readonly TimeSpan[] UnpaidProbes = [TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24)];

    private static readonly TimeSpan[] ThrottledProbes = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)];

    /// <summary>
    /// What an answer may mean for the whole account, null where it says nothing of it. Only a suspicion: a 402 may be of one feature
    /// that the plan lacks, a 403 of one right that is missing. What refuses the account's own address too, refuses everything.
    /// </summary>
    /// <param name="isFromApi">Whether the answer was JSON. A page of HTML speaks of no entity: it is a block or a proxy.</param>
    /// <param name="isInUsersName">Whether the call was made with another user's rights, of which alone a JSON 403 then speaks.</param>
    public static CircuitCause? Suspicion(HttpStatusCode status, bool isFromApi, bool isInUsersName) => (int)status switch
    {
        429 => CircuitCause.Throttled,
        402 => CircuitCause.Unpaid,
        403 when !isFromApi || !isInUsersName => CircuitCause.Blocked,
        _ => null,
    };

    /// <summary>How long until the next probe, by how many there have been; the last value holds from then on.</summary>
    /// <param name="rest">What the CRM itself asked for.</param>
    public static IReadOnlyList<TimeSpan> Probes(CircuitCause cause, TimeSpan? rest) => cause switch
    {
        CircuitCause.Blocked => BlockedProbes,
        CircuitCause.Unpaid => UnpaidProbes,
        _ => rest is { } asked && asked > ThrottledProbes[0] ? [asked, .. ThrottledProbes.Where(probe => probe > asked)] : ThrottledProbes,
    };

    /// <summary>Whether answers of 429 mean that the account is to be left alone, not only asked more slowly.</summary>
    public static bool IsThrottledForLong(TimeSpan? retryAfter, int inARow) =>
        retryAfter > RetryRule.LongestWait || inARow >= ThrottledInARow;
}
