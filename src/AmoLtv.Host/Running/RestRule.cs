using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Running;

/// <summary>How long an account rests whose runs end together with their process: one that takes processes down does it ever less often. Pure.</summary>
internal static class RestRule
{
    /// <summary>Ends in a row that are laid to the machine, its operator or another account of the same process.</summary>
    public const int Forgiven = 4;

    private const int LongestDoublings = 10;

    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);

    /// <param name="account">
    /// The account. Of those that ended together each rests for another while, by its number, so that the one to blame begins alone before long
    /// and the others are done without it.
    /// </param>
    /// <param name="deaths">How often a step has ended with its process since it was last finished.</param>
    /// <returns>Zero where they are forgiven; then 0.5 to 1.5 minutes, twice as long after each further one, up to 17 hours, times the same 0.5 to 1.5.</returns>
    public static TimeSpan After(AccountId account, int deaths)
    {
        if (deaths <= Forgiven)
        {
            return TimeSpan.Zero;
        }

        var doublings = Math.Min(deaths - Forgiven - 1, LongestDoublings);
        return First * (1 << doublings) * (0.5 + Share(account, deaths));
    }

    /// <summary>A number of 0 to 1 that neighbouring accounts do not share (Fibonacci hashing, Knuth, The Art of Computer Programming 3, section 6.4).</summary>
    private static double Share(AccountId account, int deaths) =>
        (unchecked((ulong)((account.Value * 64) + deaths) * 0x9E3779B97F4A7C15UL) >> 11) / (double)(1UL << 53);
}
