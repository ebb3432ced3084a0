using System.Text.Json;
using System.Text.RegularExpressions;

namespace AmoLtv.Sandbox.Control;

/// <summary>Counts of what was asked of <c>/api/v4</c> and <c>/oauth2</c>, and of what was answered; times by the sandbox's clock.</summary>
internal sealed partial class Statistics
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, int> _byPath = new(StringComparer.Ordinal);
    private int _requests;
    private int _throttled;
    private int _blocked;
    private int _unauthorized;
    private int _patched;
    private DateTimeOffset? _first;
    private DateTimeOffset? _last;

    public void Requested(string method, string path, DateTimeOffset now)
    {
        var key = method + " " + Ids().Replace(path, "/{id}");
        lock (_gate)
        {
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
            WriteMoment(json, "firstRequestAt", _first);
            WriteMoment(json, "lastRequestAt", _last);
            json.WriteEndObject();
        }
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
