namespace AmoLtv.Sandbox.Hooks;

/// <summary>The vendor's table of repeated deliveries.</summary>
internal static class RetryTable
{
    /// <summary>Invalid answers within <see cref="ViolationWindow"/> that the CRM still bears; the next one disables the hook.</summary>
    public const int BearableViolations = 100;

    public static TimeSpan ViolationWindow { get; } = TimeSpan.FromHours(2);

    /// <summary>An answer of 100 to 299 is a valid one.</summary>
    public static bool IsValid(int status) => status is >= 100 and < 300;

    /// <summary>How long after this attempt the next one follows; null: none does.</summary>
    /// <param name="attempt">The attempt that was made, from 1.</param>
    /// <param name="status">What it was answered with; 0: nothing listened, 499: no answer in time.</param>
    public static TimeSpan? Next(int attempt, int status) => (IsValid(status), attempt, status is >= 499 and <= 599) switch
    {
        (false, 1, _) => TimeSpan.FromMinutes(5),
        (false, 2, _) => TimeSpan.FromMinutes(15),
        (false, 3, true) => TimeSpan.FromMinutes(15),
        (false, 4, true) => TimeSpan.FromHours(1),
        _ => null,
    };
}
