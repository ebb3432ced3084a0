using System.Text.Json;
using System.Text.RegularExpressions;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Control;

/// <summary>Counts of what was asked of <c>/api/v4</c> and <c>/oauth2</c>, and of what was answered; times by the sandbox's clock.</summary>
internal sealed partial class Statistics(SandboxClock clock, double permitted)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, int> _byPath = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ArrivalWindow> _windows = new(StringComparer.Ordinal);
    private ArrivalWindow _account = new(Window(permitted));
    private int _requests;
    private int _throttled;
    private int _blocked;
    private int _unauthorized;
    private int _patched;
    private DateTimeOffset? _first;
    private DateTimeOffset? _last;

    /// <summary>The window that a limit of so many requests a second is told by: a second, longer where less than one is allowed.</summary>
    public static TimeSpan Window(double perSecond) => TimeSpan.FromSeconds(Math.Max(1, 1 / perSecond));

    /// <param name="clientId">The integration whose token came with a request to the API; null: none, or a request for tokens.</param>
    public void Requested(string method, string path, string? clientId)
    {
        var key = method + " " + Ids().Replace(path, "/{id}");
        lock (_gate)
        {
            var now = clock.Now;
            if (clientId is not null)
            {
                Arrived(clientId, now);
            }

            _requests++;
            _byPath[key] = _byPath.GetValueOrDefault(key) + 1;
            _first ??= now;
            _last = now;
        }
    }

    public void Answered(int status)
    {
        lock (_gate)
        {
            _throttled += status == 429 ? 1 : 0;
            _blocked += status == 403 ? 1 : 0;
            _unauthorized += status == 401 ? 1 : 0;
        }
    }

    /// <param name="entities">Entities that a PATCH saved.</param>
    public void Patched(int entities)
    {
        lock (_gate)
        {
            _patched += entities;
        }
    }

    public void Reset()
    {
        lock (_gate)
        {
            _byPath.Clear();
            _windows.Clear();
            _account = new ArrivalWindow(Window(permitted));
            _requests = _throttled = _blocked = _unauthorized = _patched = 0;
            _first = _last = null;
        }
    }

    public void Write(Utf8JsonWriter json)
    {
        lock (_gate)
        {
            json.WriteStartObject();
            json.WriteNumber("requests", _requests);
            json.WriteNumber("throttled", _throttled);
            json.WriteNumber("blocked", _blocked);
            json.WriteNumber("unauthorized", _unauthorized);
            json.WriteNumber("patched", _patched);
            json.WriteStartObject("byPath");
            foreach (var (path, count) in _byPath)
            {
                json.WriteNumber(path, count);
            }

            json.WriteEndObject();
            WriteRate(json);
            WriteMoment(json, "firstRequestAt", _first);
            WriteMoment(json, "lastRequestAt", _last);
            json.WriteEndObject();
        }
    }

    private void Arrived(string clientId, DateTimeOffset now)
    {
        if (!_windows.TryGetValue(clientId, out var window))
        {
            _windows.Add(clientId, window = new ArrivalWindow(Window(permitted)));
        }

        window.Arrived(now);
        _account.Arrived(now);
    }

    /// <summary>The highest number of requests of one integration, and of all together, in any window.</summary>
    private void WriteRate(Utf8JsonWriter json)
    {
        json.WriteStartObject("rate");
        json.WriteNumber("windowSeconds", Window(permitted).TotalSeconds);
        json.WriteNumber("permitted", Math.Max(1, (int)permitted));
        var highest = _windows.Values.MaxBy(window => window.Highest);
        json.WriteNumber("highest", highest?.Highest ?? 0);
        json.WriteNumber("highestMillisecondsAgo", highest is null ? 0 : TimeProvider.System.GetElapsedTime(highest.HighestAt).TotalMilliseconds);
        json.WriteNumber("highestOfAccount", _account.Highest);
        json.WriteStartObject("highestByClient");
        foreach (var (clientId, window) in _windows)
        {
            json.WriteNumber(clientId, window.Highest);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteMoment(Utf8JsonWriter json, string name, DateTimeOffset? moment)
    {
        if (moment is { } at)
        {
            json.WriteString(name, at.ToUniversalTime());
        }
        else
        {
            json.WriteNull(name);
        }
    }

    [GeneratedRegex(@"/\d+(?=/|$)", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Ids();
}
