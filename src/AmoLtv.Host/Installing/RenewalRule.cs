namespace AmoLtv.Host.Installing;

/// <summary>When a token is renewed though nobody waits for it: a refresh token ends after three months without use.</summary>
public static class RenewalRule
{
    /// <summary>Of an account at work, the share of the token's life: 20 hours of its 24.</summary>
    public const double ShareOfLife = 20.0 / 24;

    /// <summary>Of an account on which nothing runs.</summary>
    public static readonly TimeSpan IdleAge = TimeSpan.FromDays(7);

    /// <summary>An account without a run for so long is idle.</summary>
    public static readonly TimeSpan IdleAfter = TimeSpan.FromDays(2);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(30);

    /// <param name="issuedAt">When the present access token was given.</param>
    /// <param name="expiresAt">Its end.</param>
    /// <param name="usedAt">Begin of the account's last run, null before the first.</param>
    /// <param name="failures">Renewals that failed since the last one that worked.</param>
    /// <param name="triedAt">When the last of them did; null without one.</param>
    /// <param name="now">The moment of the question.</param>
    public static bool IsDue(
        DateTimeOffset issuedAt, DateTimeOffset expiresAt, DateTimeOffset? usedAt, int failures, DateTimeOffset? triedAt, DateTimeOffset now)
    {
        if (triedAt is { } tried && now < tried + Pause(failures) && now >= tried)
        {
            return false;
        }

        var isIdle = usedAt is null || now - usedAt > IdleAfter;
        var age = isIdle ? IdleAge : (expiresAt - issuedAt) * ShareOfLife;
        return now - issuedAt >= age;
    }

    /// <summary>1, 2, 4, … minutes, at most half an hour: the CRM may be down for a day, and is not asked by the second.</summary>
    public static TimeSpan Pause(int failures) =>
        failures <= 0 ? TimeSpan.Zero
        : failures >= 6 ? LongestPause
        : TimeSpan.FromMinutes(Math.Pow(2, failures - 1));
}
