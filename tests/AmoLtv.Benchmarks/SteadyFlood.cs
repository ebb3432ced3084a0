using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace AmoLtv.Benchmarks;

/// <summary>Requests sent at a steady rate, whether earlier ones were answered or not: a service that lags is not spared.</summary>
/// <param name="send">Sends the request of a number and gives the status of its answer.</param>
internal sealed class SteadyFlood(Func<long, Task<int>> send)
{
    private readonly ConcurrentBag<(long Number, int Status, double Milliseconds)> _answers = [];

    /// <summary>Numbers that were answered with 200.</summary>
    public IEnumerable<long> Answered => _answers.Where(answer => answer.Status == (int)HttpStatusCode.OK).Select(answer => answer.Number);

    /// <param name="first">Number of the first request; each has the next one.</param>
    /// <param name="perSecond">Requests a second.</param>
    /// <param name="time">How long.</param>
    public async Task SendAsync(long first, int perSecond, TimeSpan time)
    {
        _answers.Clear();
        var began = Stopwatch.GetTimestamp();
        var total = (int)(perSecond * time.TotalSeconds);
        var sent = new List<Task>(total);
        for (var index = 0; index < total; index++)
        {
            var due = TimeSpan.FromSeconds((double)index / perSecond);
            if (due - Stopwatch.GetElapsedTime(began) is { } wait && wait > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(wait);
            }

            sent.Add(SendOneAsync(first + index, began, due));
        }

        await Task.WhenAll(sent);
    }

    /// <summary>Answers, those other than 200, and percentiles of the time from when a request was due to its answer, in milliseconds.</summary>
    public (int Answers, int Others, double Median, double P99, double Longest) Measure()
    {
        var times = _answers.Select(answer => answer.Milliseconds).Order().ToArray();
        return (
            times.Length, _answers.Count(answer => answer.Status != (int)HttpStatusCode.OK),
            times[times.Length / 2], times[(int)(times.Length * 0.99)], times[^1]);
    }

    private async Task SendOneAsync(long number, long began, TimeSpan due)
    {
        var status = 0;
        try
        {
            status = await send(number);
        }
        catch (HttpRequestException)
        {
            // Counted as an answer other than 200.
        }

        _answers.Add((number, status, (Stopwatch.GetElapsedTime(began) - due).TotalMilliseconds));
    }
}
