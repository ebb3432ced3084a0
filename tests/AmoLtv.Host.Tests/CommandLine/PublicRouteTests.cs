using System.Net;
using AmoLtv.Host.Callers;
using AmoLtv.Sandbox;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.CommandLine;

/// <summary>What every route holds to whoever calls it: walked from the route table, so that a new one is walked too.</summary>
[TestFixture, Category("Slow")]
public sealed class PublicRouteTests
{
    private const string Proxy = "127.0.0.1";

    /// <summary>
    /// The CRM calls webhooks for thousands of accounts from a few addresses: an unknown secret costs no statement there. Readiness is looked at
    /// once a second, however often it is asked for.
    /// </summary>
    private static readonly string[] Unlimited = ["POST /hooks/amo/{secret}", "GET /health/live", "GET /health/ready"];

    /// <summary>Whoever asks, asks these: the way in, what a browser loads before anyone is known, hooks with a secret of their own, and health.</summary>
    private static readonly string[] Open =
    [
        .. Unlimited, "GET /oauth/install", "GET /oauth/callback", "GET /oauth/uninstalled", "POST /api/sessions/cookie",
        "GET /pages/", "GET /pages/frame", "GET /pages/assets/{**path}", "GET /openapi/{documentName}.json",
    ];

    /// <summary>Redirects are answers too, and nobody else's address is called.</summary>
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    private string _pages = null!;
    private HostServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _pages = Directory.CreateTempSubdirectory("amoltv-pages-").FullName;
        await File.WriteAllTextAsync(Path.Combine(_pages, "index.html"), "<!doctype html><html><head></head><body></body></html>");
        _server = await HostServer.StartAsync(
            new SandboxOptions { Companies = 1, Leads = 1 }, ("Pages:Folder", _pages), ("Proxy:KnownProxies:0", Proxy), ("Proxy:KnownProxies:1", "::1"));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_pages, recursive: true);
    }

    [Test]
    public async Task Every_answer_forbids_what_a_browser_could_do_with_it()
    {
        var walked = Routes().Select(route => (Name(route), Method(route), PathOf(route)))
            .Append(("an unknown address", HttpMethod.Get, "nowhere"))
            .Append(("a wrong method", HttpMethod.Delete, "oauth/install"));
        foreach (var (name, method, path) in walked)
        {
            using var answer = await SendAsync(method, path, name, ("X-Forwarded-Proto", "https"));
            Assert.That(answer.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(["nosniff"]), name);
            Assert.That(answer.Headers.GetValues("Referrer-Policy").Single(), Is.Not.Empty, name);
            // Whose frame it is in cannot be known where the account is not: fixed words say so there, with nothing to press.
            Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("default-src 'none'").And.Contain(name == "GET /pages/frame" ? "form-action 'none'" : "frame-ancestors"), name);
            Assert.That(answer.Headers.GetValues("Strict-Transport-Security"), Is.EqualTo(["max-age=31536000"]), name);
            Assert.That(answer.Headers.Contains("Server"), Is.False, name);
        }
    }

    [Test]
    public async Task Transport_security_is_promised_over_TLS_alone_and_only_a_known_proxy_may_say_that_it_was()
    {
        using var plain = await SendAsync(HttpMethod.Get, "health/live", "plain");
        await using var direct = await HostServer.StartAsync(new SandboxOptions { Companies = 1, Leads = 1 });
        using var request = new HttpRequestMessage(HttpMethod.Get, "health/live");
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var claimed = await direct.Http.SendAsync(request);

        Assert.That(plain.Headers.Contains("Strict-Transport-Security"), Is.False);
        Assert.That(claimed.Headers.Contains("Strict-Transport-Security"), Is.False);
    }

    [Test]
    public void Every_route_has_a_bounded_rate_or_a_reason()
    {
        var unbounded = Routes().Where(route => route.Metadata.GetMetadata<EnableRateLimitingAttribute>() is null).Select(Name);

        Assert.That(unbounded, Is.EquivalentTo(Unlimited));
    }

    [Test]
    public void Every_route_asks_who_calls_or_is_named_here()
    {
        var asking = Routes().Where(route => route.Metadata.GetMetadata<CallerCheck>() is not null).Select(Name);

        Assert.That(Routes().Select(Name).Except(asking), Is.EquivalentTo(Open));
    }

    [Test]
    public async Task Flood_is_cut_on_every_route_that_asks_for_no_caller()
    {
        foreach (var route in Routes().Where(route => route.Metadata.GetMetadata<CallerCheck>() is null && route.Metadata.GetMetadata<EnableRateLimitingAttribute>() is { PolicyName: CallerRateLimit.Policy }))
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(_ => SendAsync(Method(route), PathOf(route), "flood of " + Name(route))));
            var cut = Array.FindAll(answers, answer => answer.StatusCode == HttpStatusCode.TooManyRequests);

            Assert.That(cut, Is.Not.Empty, Name(route));
            Array.ForEach(answers, answer => answer.Dispose());
            using var neighbour = await SendAsync(Method(route), PathOf(route), "neighbour of " + Name(route));
            Assert.That(neighbour.StatusCode, Is.Not.EqualTo(HttpStatusCode.TooManyRequests), $"{Name(route)}: one address's flood is not another's.");
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Body_that_is_too_large_is_413_on_every_route_that_reads_one(bool isChunked)
    {
        var reading = Routes().Where(route => route.Metadata.GetMetadata<IAcceptsMetadata>() is not null).ToList();
        Assert.That(reading, Has.Count.GreaterThan(10));
        foreach (var route in reading)
        {
            var limit = route.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? BodyLimit.Large.MaxRequestBodySize!.Value;
            using var request = Request(Method(route), PathOf(route), "body of " + Name(route));
            request.Content = new ByteArrayContent([.. "{\"a\":\""u8, .. Enumerable.Repeat((byte)'x', (int)limit), .. "\"}"u8]);
            request.Content.Headers.ContentType = new(route.Metadata.GetMetadata<IAcceptsMetadata>()!.ContentTypes[0]);
            request.Headers.TransferEncodingChunked = isChunked;
            // The server may answer and close before it was sent all: asked first, it says so before.
            request.Headers.ExpectContinue = true;
            using var answer = await _http.SendAsync(request);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge), Name(route));
        }
    }

    [TestCase("evil.example")]
    [TestCase("evil.example:443")]
    public async Task Forged_host_is_repeated_by_no_answer(string host)
    {
        foreach (var route in Routes())
        {
            using var request = Request(Method(route), PathOf(route), "host of " + Name(route));
            request.Headers.Host = host;
            request.Headers.Add("X-Forwarded-Host", host);
            using var answer = await _http.SendAsync(request);
            Assert.That(answer.Headers.ToString() + answer.Content.Headers + await answer.Content.ReadAsStringAsync(), Does.Not.Contain("evil"), Name(route));
        }
    }

    private IEnumerable<RouteEndpoint> Routes() => _server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Count > 0);

    private static string Name(RouteEndpoint route) => $"{Method(route)} /{route.RoutePattern.RawText!.TrimStart('/')}";

    private static HttpMethod Method(RouteEndpoint route) => new(route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]);

    private static string PathOf(RouteEndpoint route) => string.Join('/', route.RoutePattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part is RoutePatternLiteralPart literal ? literal.Content : part is RoutePatternSeparatorPart separator ? separator.Content : "1"))));

    /// <summary>Each comes from an address of its own, as the proxy says: what one case used up is not missed by the next.</summary>
    private HttpRequestMessage Request(HttpMethod method, string path, string caller)
    {
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(caller));
        var request = new HttpRequestMessage(method, new Uri(_server.Address, path));
        request.Headers.Add("X-Forwarded-For", $"10.{hash[0]}.{hash[1]}.{hash[2]}");
        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string caller, params (string Name, string Value)[] headers)
    {
        using var request = Request(method, path, caller);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
