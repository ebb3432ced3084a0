namespace AmoLtv.Host.Installing;

/// <summary>Whether and when an account is erased after its integration was switched off.</summary>
public static class ErasureRule
{
    /// <summary>So long an administrator may change their mind: installing again keeps everything.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(7);

    /// <summary>
    /// The day of the erasure: only where the account chose it, no grant works, and one ended by the CRM's hook that its API confirmed.
    /// A connection that is merely lost is never a reason.
    /// </summary>
    /// <param name="isChosen">The account's setting.</param>
    /// <param name="hasWorkingGrant">Any grant that is not lost.</param>
    /// <param name="isConfirmed">A grant is lost that the CRM's hook had suspended before.</param>
    /// <param name="planned">The day planned before; null where none was.</param>
    /// <param name="now">The moment of the question.</param>
    /// <returns>Null where nothing is to be erased. The grace begins when the erasure is first planned, never earlier.</returns>
    public static DateTimeOffset? At(bool isChosen, bool hasWorkingGrant, bool isConfirmed, DateTimeOffset? planned, DateTimeOffset now) =>
        isChosen && !hasWorkingGrant && isConfirmed ? planned ?? now + Grace : null;
}
