using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace AmoLtv.Host.Tests.Browser;

/// <summary>
/// What nobody may see in a page of ours: errors in its console, requests that fail, requests to anybody but the CRM and the service.
/// Each page of these tests is opened here; <see cref="WatchedAttribute"/> asks for the faults when a test is over.
/// </summary>
internal sealed class PageWatch
{
    private const float Patience = 60_000;
    private static readonly ConcurrentDictionary<string, ConcurrentBag<PageWatch>> Opened = new(StringComparer.Ordinal);

    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentDictionary<IRequest, bool> _underway = new();
    private readonly List<string> _expected = [];
    private readonly string[] _ownHosts;

    private PageWatch(IPage page, Demo demo)
    {
        Page = page;
        _ownHosts = [demo.Crm.Address.ToString(), demo.HostAddress.ToString()];
        page.Context.Page += (_, another) => Follow(another);
        Follow(page);
    }

    public IPage Page { get; }

    /// <summary>Everything that was asked for, in order.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>What went wrong so far and was not expected.</summary>
    public IReadOnlyList<string> Faults => [.. _faults.Where(fault => !_expected.Exists(part => fault.Contains(part, StringComparison.Ordinal)))];

    /// <summary>Whether an answer of the service is still awaited; streams, which have no end, do not count.</summary>
    public bool IsAsking => _underway.Keys.Any(request => request.Url.Contains("/api/", StringComparison.Ordinal) && !request.Url.EndsWith("/progress", StringComparison.Ordinal));

    /// <summary>A page in a browser context of its own.</summary>
    /// <param name="scale">Device pixels in a pixel.</param>
    public static async Task<PageWatch> OpenAsync(Demo demo, int width, int height, float scale = 1)
    {
        var context = await CardStage.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            DeviceScaleFactor = scale,
            // Nothing is caught in the middle of a movement.
            ReducedMotion = ReducedMotion.Reduce,
        });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(Patience);
        var watch = new PageWatch(page, demo);
        Opened.GetOrAdd(TestContext.CurrentContext.Test.ID, _ => []).Add(watch);
        return watch;
    }

    /// <summary>A part of faults that this test brings about itself.</summary>
    public void Expect(params string[] parts) => _expected.AddRange(parts);

    /// <summary>Of all pages that a test opened, since this was asked for the last time.</summary>
    public static IReadOnlyList<string> FaultsOf(string test) =>
        Opened.TryRemove(test, out var watches) ? [.. watches.SelectMany(watch => watch.Faults)] : [];

    private void Follow(IPage page)
    {
        page.PageError += (_, error) => _faults.Enqueue("thrown: " + error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _faults.Enqueue($"console: {message.Text} ({message.Location})");
            }
        };
        page.Request += (_, request) => Begin(request);
        page.RequestFinished += (_, request) => _underway.TryRemove(request, out bool _);
        page.RequestFailed += (_, request) =>
        {
            _underway.TryRemove(request, out bool _);
            // Left by the page itself: it asks no more of what nobody waits for.
            if (request.Failure is not "net::ERR_ABORTED")
            {
                _faults.Enqueue($"failed: {request.Failure} {request.Method} {request.Url}");
            }
        };
    }

    private void Begin(IRequest request)
    {
        _requests.Enqueue(request.Url);
        _underway[request] = true;
        var isOwn = _ownHosts.Any(host => request.Url.StartsWith(host, StringComparison.Ordinal))
            || request.Url.StartsWith("data:", StringComparison.Ordinal) || request.Url.StartsWith("blob:", StringComparison.Ordinal) || request.Url == "about:blank";
        if (!isOwn)
        {
            _faults.Enqueue("stranger: " + request.Url);
        }

        // A protected token of ours, or a signed one of the CRM's: three parts with a point between.
        var query = new Uri(request.Url).Query;
        if (query.Contains("CfDJ8", StringComparison.Ordinal) || query.Split('&').Any(part => part.Contains("=eyJ", StringComparison.Ordinal) && part.Split('.').Length == 3))
        {
            _faults.Enqueue("token in an address: " + request.Url);
        }
    }
}
