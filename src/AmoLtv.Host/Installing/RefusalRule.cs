namespace AmoLtv.Host.Installing;

/// <summary>
/// What a refused renewal means that says nothing of the token. The vendor documents no such answer: a wrong secret or redirect address
/// of ours looks the same as a token that is worth nothing, and only time tells them apart. A setting that is corrected within the day
/// costs no account its grant; a grant that is gone does not stay "check the secret" for ever.
/// </summary>
public static class RefusalRule
{
    /// <summary>Fewer attempts prove nothing, however far apart: the service may have been off in between.</summary>
    public const int Tries = 5;

    /// <summary>So long an operator has to correct a setting.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Where another account was renewed since with the same settings, they are right; an hour, since a change of them reaches every process within that.</summary>
    public static readonly TimeSpan LongestOfOne = TimeSpan.FromHours(1);

    /// <summary>Whether the grant is to be held for lost.</summary>
    /// <param name="refusedSince">First of the refusals in a row, without another failure among them; null where this one is the first.</param>
    /// <param name="tries">Failed renewals since the last one that worked, this one among them.</param>
    /// <param name="othersWereRenewed">Whether the CRM gave a pair to another account of the integration since then.</param>
    /// <param name="now">The moment of the refusal.</param>
    public static bool IsLost(DateTimeOffset? refusedSince, int tries, bool othersWereRenewed, DateTimeOffset now) =>
        refusedSince is { } since && tries >= Tries && now - since >= (othersWereRenewed ? LongestOfOne : Longest);
}
