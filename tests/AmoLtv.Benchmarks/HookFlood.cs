using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace AmoLtv.Benchmarks;

/// <summary>Hooks sent at a steady rate, whether earlier ones were answered or not: a service that lags is not spared.</summary>
internal sealed class HookFlood(Uri address, string secret, long account) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 512, UseCookies = false }) { BaseAddress = address };
    private readonly ConcurrentBag<(long Id, int Status, double Milliseconds)> _answers = [];

    /// <summary>Numbers of leads whose hooks were answered with 200.</summary>
    public IEnumerable<long> Kept => _answers.Where(answer => answer.Status == (int)HttpStatusCode.OK).Select(answer => answer.Id);

    /// <param name="first">Number of the first lead; each hook names the next one.</param>
    /// <param name="perSecond">Hooks a second.</param>
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

    /// <summary>Answers, those other than 200, and percentiles of the time from when a hook was due to its answer, in milliseconds.</summary>
    public (int Answers, int Others, double Median, double P99, double Longest) Measure()
    {
        var times = _answers.Select(answer => answer.Milliseconds).Order().ToArray();
        return (
            times.Length, _answers.Count(answer => answer.Status != (int)HttpStatusCode.OK),
            times[times.Length / 2], times[(int)(times.Length * 0.99)], times[^1]);
    }

    public void Dispose() => _http.Dispose();

    private async Task SendOneAsync(long lead, long began, TimeSpan due)
    {
        var status = 0;
        try
        {
            using var content = new StringContent(Body(lead), Encoding.ASCII, "application/x-www-form-urlencoded");
            using var answer = await _http.PostAsync("hooks/amo/" + secret, content);
            status = (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            // Counted as an answer other than 200.
        }

        _answers.Add((lead, status, (Stopwatch.GetElapsedTime(began) - due).TotalMilliseconds));
    }

    /// <summary>A lead with fifteen fields, as the CRM sends it: about two kilobytes.</summary>
    private string Body(long lead)
    {
        var body = new StringBuilder();
        void Add(string key, object value) => body.Append(body.Length == 0 ? "" : "&")
            .Append(WebUtility.UrlEncode("leads[status][0]" + key)).Append('=').Append(WebUtility.UrlEncode(Convert.ToString(value, CultureInfo.InvariantCulture)));
        Add("[id]", lead);
        Add("[name]", "Сделка " + lead);
        Add("[status_id]", 142);
        Add("[old_status_id]", 3002);
        Add("[price]", 46333);
        Add("[responsible_user_id]", 77);
        Add("[last_modified]", 1_700_000_000 + lead);
        Add("[updated_at]", 1_700_000_000 + lead);
        for (var field = 0; field < 15; field++)
        {
            Add($"[custom_fields][{field}][id]", 400_000 + field);
            Add($"[custom_fields][{field}][values][0][value]", "value " + field);
        }

        return body.Append(CultureInfo.InvariantCulture, $"&account%5Bid%5D={account}&account%5Bsubdomain%5D=acme").ToString();
    }
}
