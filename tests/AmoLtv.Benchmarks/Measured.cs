namespace AmoLtv.Benchmarks;

/// <summary>Times of many requests, milliseconds.</summary>
/// <param name="What">What was asked.</param>
/// <param name="PerSecond">Requests a second; 0: one after the other.</param>
/// <param name="Answers">Requests.</param>
/// <param name="Others">Of them not answered with 200.</param>
internal sealed record Measured(string What, int PerSecond, int Answers, int Others, double Median, double P99, double Longest)
{
    /// <summary>Sends a flood and measures it.</summary>
    public static async Task<Measured> OfAsync(string what, SteadyFlood flood, int perSecond, TimeSpan time)
    {
        await flood.SendAsync(0, perSecond, time);
        var (answers, others, median, p99, longest) = flood.Measure();
        return new Measured(what, perSecond, answers, others, median, p99, longest);
    }
}
