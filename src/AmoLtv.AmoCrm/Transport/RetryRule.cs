namespace AmoLtv.AmoCrm.Transport;

/// <summary>Which attempts are repeated within seconds, and after how long. Hours are the schedule's business.</summary>
public static class RetryRule
{
    public const int MaxRepeats = 4;

    /// <summary>A person waits ten seconds at the most, and the widget with them: two attempts of this length and the pause between fit in.</summary>
    public static readonly TimeSpan InteractiveAttempt = TimeSpan.FromSeconds(4);

    /// <summary>Repeats of a request: a night has time, a card has not.</summary>
    public static int Repeats(RequestLane lane) => lane == RequestLane.Interactive ? 1 : MaxRepeats;

    /// <summary>A CRM that asks for a longer wait than this ends the call; the schedule tries again.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>
    /// GET reads, and the only PATCH we send sets custom fields to given values: repeating either is harmless.
    /// A POST creates, so it is never repeated. A PATCH that met 504 was too large: its caller halves it. A GET that met it twice
    /// was too large as well: a page is then read in parts.
    /// </summary>
    /// <param name="repeats">How often it was repeated already.</param>
    public static bool IsRepeated(HttpMethod method, CrmFailure failure, TimeSpan? retryAfter, int repeats = 0)
    {
        if (!failure.IsRetryable() || retryAfter > LongestWait)
        {
            return false;
        }

        return failure == CrmFailure.GatewayTimeout
            ? method == HttpMethod.Get && repeats == 0
            : method == HttpMethod.Get || method == HttpMethod.Patch;
    }

    /// <summary>What the CRM asked for, else 1, 2, 4, 8 seconds; each shortened by up to a half so that callers do not come back together.</summary>
    /// <param name="repeat">0 before the first repeat.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan Delay(int repeat, TimeSpan? retryAfter, double random)
    {
        if (retryAfter is { } asked)
        {
            // Never earlier than asked; a little later.
            return asked + TimeSpan.FromSeconds(random * 0.5);
        }

        return TimeSpan.FromSeconds(Math.Pow(2, repeat) * (1 - (random / 2)));
    }
}
