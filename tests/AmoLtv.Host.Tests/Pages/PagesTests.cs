using System.Net;
using System.Net.Http.Headers;
using AmoLtv.Host.Callers;
using AmoLtv.Host.Running;
using AmoLtv.Host.Tests.Callers;
using AmoLtv.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using static AmoLtv.Host.Tests.Callers.PageSession;

namespace AmoLtv.Host.Tests.Pages;

/// <summary>How the pages go out, and what the whole API holds to: against a real server with a built page of the test's own.</summary>
[TestFixture, Category("Slow")]
public sealed class PagesTests
{
    private string _folder = null!;
    private HostServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("amoltv-pages-").FullName;
        Directory.CreateDirectory(Path.Combine(_folder, "assets"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "index.html"), "<!doctype html><html><head><meta charset=\"utf-8\"><script type=\"module\" src=\"/pages/assets/main-1.js\"></script></head><body></body></html>");
        await File.WriteAllTextAsync(Path.Combine(_folder, "assets", "main-1.js"), string.Concat(Enumerable.Repeat("console.debug('page');\n", 100)));
        _server = await HostServer.StartAsync(new SandboxOptions { Companies = 3, Leads = 9 }, ("Pages:Folder", _folder));
        await _server.InstallAsync();
        await _server.RunAsync(RunSteps.Sync);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Framed_page_may_be_framed_by_its_account_alone_and_knows_its_parent()
    {
        using var answer = await SendAsync(_server, HttpMethod.Get, $"pages/frame?account={_server.Sandbox.AccountId}&parent={Uri.EscapeDataString(OriginOf(_server))}");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(Policy(answer), Does.Contain("frame-ancestors " + OriginOf(_server)).And.Contain("default-src 'none'").And.Contain("script-src 'self';"));
        Assert.That(Policy(answer), Does.Not.Contain("script-src 'self' ").And.Not.Contain("*"));
        Assert.That(answer.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(["nosniff"]));
        Assert.That(answer.Headers.GetValues("Referrer-Policy"), Is.EqualTo(["no-referrer"]));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain($"<meta name=\"amoltv-parent\" content=\"{OriginOf(_server)}\">"));
    }

    [TestCase("pages/frame?parent=https://other.amocrm.ru")]
    [TestCase("pages/frame?account=1&parent=https://other.amocrm.ru")]
    public async Task Nobody_is_told_of_an_account_that_is_not_connected(string path)
    {
        using var answer = await SendAsync(_server, HttpMethod.Get, path);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("Аккаунт не подключён").And.Contain("not connected"));
    }

    [TestCase("", HttpStatusCode.BadRequest)]
    [TestCase("&parent=https://other.amocrm.ru", HttpStatusCode.NotFound)]
    public async Task Nobody_learns_where_an_account_is_by_its_number(string parent, HttpStatusCode status)
    {
        using var answer = await SendAsync(_server, HttpMethod.Get, $"pages/frame?account={_server.Sandbox.AccountId}{parent}");

        Assert.That(answer.StatusCode, Is.EqualTo(status));
        Assert.That(await answer.Content.ReadAsStringAsync() + Policy(answer), Does.Not.Contain(OriginOf(_server)));
    }

    [TestCase("")]
    [TestCase("?account=1")]
    [TestCase("?account={0}")]
    public async Task Widget_of_an_earlier_version_is_told_to_be_updated_whoever_has_it(string query)
    {
        using var answer = await SendAsync(_server, HttpMethod.Get, "pages/frame" + query.Replace("{0}", $"{_server.Sandbox.AccountId}", StringComparison.Ordinal));
        var said = await answer.Content.ReadAsStringAsync();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(said, Does.Contain("Обновите виджет").And.Contain("Update the widget").And.Contain("widget.zip"));
        Assert.That(said, Does.Not.Contain("не подключён"));
        Assert.That(Policy(answer), Does.Not.Contain("frame-ancestors"), "it is read in the frame that asked for it");
    }

    [Test]
    public async Task A_body_that_is_too_large_is_refused_in_words_also_where_nobody_is_known_yet()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/sessions/cookie")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { code = new string('x', 70_000) }),
        };
        using var answer = await _server.Http.SendAsync(request);

        var problem = await System.Net.Http.Json.HttpContentJsonExtensions.ReadFromJsonAsync<System.Text.Json.Nodes.JsonNode>(answer.Content);
        Assert.That((answer.StatusCode, (string)problem!["code"]!), Is.EqualTo((HttpStatusCode.RequestEntityTooLarge, "tooLarge")));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
    }

    [Test]
    public async Task Page_opened_on_its_own_is_framed_by_nobody()
    {
        using var answer = await SendAsync(_server, HttpMethod.Get, "pages/");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(Policy(answer), Does.EndWith("frame-ancestors 'none'"));
        Assert.That(answer.Headers.CacheControl?.NoCache, Is.True);
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("<meta name=\"amoltv-parent\" content=\"\">"));
    }

    [TestCase("br")]
    [TestCase("gzip")]
    [TestCase(null)]
    public async Task Asset_goes_out_compressed_and_for_ever(string? encoding)
    {
        using var answer = encoding is null
            ? await SendAsync(_server, HttpMethod.Get, "pages/assets/main-1.js")
            : await SendAsync(_server, HttpMethod.Get, "pages/assets/main-1.js", headers: ("Accept-Encoding", encoding));

        Assert.That(answer.Content.Headers.ContentEncoding, Is.EqualTo(encoding is null ? [] : new[] { encoding }));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Does.Contain("javascript"));
        Assert.That(answer.Headers.CacheControl?.ToString(), Is.EqualTo("public, max-age=31536000, immutable"));
        Assert.That(answer.Headers.Vary, Does.Contain("Accept-Encoding"));
        var sent = (await answer.Content.ReadAsByteArrayAsync()).Length;
        Assert.That(sent, encoding is null ? Is.EqualTo(2300) : Is.LessThan(200));
    }

    [Test]
    public async Task Page_the_browser_has_is_not_sent_again()
    {
        using var first = await SendAsync(_server, HttpMethod.Get, "pages/");
        using var second = await SendAsync(_server, HttpMethod.Get, "pages/", headers: ("If-None-Match", first.Headers.ETag!.ToString()));

        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
    }

    [TestCase("pages/assets/missing.js")]
    [TestCase("pages/assets//main-1.js")]
    [TestCase("pages/assets/..%2Findex.html")]
    [TestCase("pages/assets/%2e%2e/%2e%2e/etc/passwd")]
    [TestCase("pages/assets/")]
    public async Task Nothing_but_assets_is_served_and_a_missing_one_is_not_remembered(string path)
    {
        using var answer = await SendAsync(_server, HttpMethod.Get, path);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public void Every_address_of_the_pages_has_a_bounded_rate()
    {
        var pages = _server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.TrimStart('/').StartsWith("pages", StringComparison.Ordinal) == true).ToList();

        Assert.That(pages, Has.Count.EqualTo(3));
        Assert.That(pages.Select(page => page.Metadata.GetMetadata<EnableRateLimitingAttribute>()), Has.All.Not.Null);
    }

    [Test]
    public async Task Body_is_bounded_before_anybody_looks_who_asks()
    {
        using var nobody = await SendAsync(_server, HttpMethod.Post, "api/remarks/1/resolution", body: new { answer = new string('a', 70_000) });
        var large = Api().Where(endpoint => endpoint.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize > BodyLimit.Small.MaxRequestBodySize).Select(ApiRoutes.Name);

        Assert.That(nobody.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(large, Has.All.Contain(" /api/settings"));
    }

    [TestCase("POST", "api/remarks/1/resolution", """{"answer": "a\u0000b"}""", "text")]
    [TestCase("GET", "api/operations/tasks?status=a%00b", null, "query")]
    [TestCase("GET", "api/operations/exchanges?path=%00", null, "query")]
    [TestCase("PUT", "api/settings/draft", """{"settings": {"tiers": {"tiers": [{"code": "A", "name": "a\u0000b", "color": "#fff"}]}}, "basedOn": 0, "step": "tiers"}""", "unreadable")]
    [TestCase("PUT", "api/settings/draft", """{"basedOn": 0, "step": "horizon"}""", "unreadable")]
    [TestCase("POST", "api/settings/preview", "{}", "unreadable")]
    public async Task What_cannot_be_read_or_stored_is_refused_in_words(string method, string path, string? body, string code)
    {
        var admin = await PageTokenAsync(_server, Admin(_server));
        using var answer = await SendAsync(_server, new HttpMethod(method), path, admin, body is null ? null : System.Text.Json.Nodes.JsonNode.Parse(body));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await CodeAsync(answer), Is.EqualTo(code));
    }

    [Test]
    public async Task Server_without_built_pages_says_so()
    {
        await using var bare = await HostServer.StartAsync(new SandboxOptions { Companies = 1, Leads = 1 }, ("Pages:Folder", Path.Combine(_folder, "nowhere")));
        using var answer = await bare.Http.GetAsync(new Uri("pages/", UriKind.Relative));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("npm --prefix widget run build").And.Contain("Страницы ещё не собраны"));
    }

    [Test]
    public void Every_endpoint_of_the_API_checks_its_caller_and_is_described()
    {
        var offences = from endpoint in Api()
                       let problem = ApiRoutes.Lack(endpoint)
                       where problem is not null
                       select $"{ApiRoutes.Name(endpoint)} {problem}";

        Assert.That(Api(), Has.Count.GreaterThan(8));
        Assert.That(offences, Is.Empty);
    }

    [Test]
    public async Task Endpoint_without_a_check_of_its_caller_is_reported()
    {
        await using var app = WebApplication.CreateBuilder().Build();
        app.MapGet("/api/forgotten", () => TypedResults.Ok("a number of anybody's")).WithSummary("Says too much.");
        var forgotten = ((IEndpointRouteBuilder)app).DataSources.Single().Endpoints.OfType<RouteEndpoint>().Single();

        Assert.That(ApiRoutes.Lack(forgotten), Does.Contain("does not check its caller"));
    }

    [Test]
    public async Task Every_endpoint_of_the_API_refuses_whoever_shows_nothing_or_has_too_few_rights()
    {
        var least = Api().ToDictionary(ApiRoutes.Name, endpoint => endpoint.Metadata.GetMetadata<CallerCheck>()?.Least);
        var member = await PageTokenAsync(_server, Colleague(_server));
        foreach (var request in ApiRequests.AboutNothing())
        {
            Assert.That(await StatusAsync(request, pageToken: null), Is.EqualTo(HttpStatusCode.Unauthorized), $"{request}");
            if (least[request.Route] > Role.Member)
            {
                Assert.That(await StatusAsync(request, member), Is.EqualTo(HttpStatusCode.Forbidden), $"{request}");
            }
        }

        Assert.That(ApiRequests.Routes, Is.EquivalentTo(least.Keys));
        // All that was asked from one address: until it may ask again as others do.
        await Task.Delay(TimeSpan.FromSeconds(4));
    }

    [Test]
    public async Task Description_of_the_API_names_every_endpoint_with_its_answers_and_who_may_ask()
    {
        using var answer = await SendAsync(_server, HttpMethod.Get, "openapi/v1.json");
        var document = await ReadAsync(answer);
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => (Name: $"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value))).ToList();

        Assert.That(operations, Has.Count.EqualTo(Api().Count));
        Assert.That(document.GetProperty("components").GetProperty("securitySchemes").EnumerateObject().Select(scheme => scheme.Name), Is.EquivalentTo(["widgetToken", "pageToken", "pageSession"]));
        foreach (var (name, operation) in operations)
        {
            var responses = operation.GetProperty("responses").EnumerateObject().ToList();
            Assert.That(operation.GetProperty("summary").GetString(), Is.Not.Empty, name);
            // A file is described by its kind alone.
            Assert.That(responses.Where(response => response.Name is "200" && !name.EndsWith(".csv", StringComparison.Ordinal)), Has.All.Matches<System.Text.Json.JsonProperty>(response => response.Value.TryGetProperty("content", out _)), name);
            Assert.That(responses.Single(response => response.Name == "401").Value.GetProperty("content").TryGetProperty("application/problem+json", out _), Is.True, name);
            Assert.That(operation.TryGetProperty("security", out _), Is.EqualTo(name != "POST /api/sessions/cookie"), name);
        }
    }

    private IReadOnlyList<RouteEndpoint> Api() => ApiRoutes.Of(_server.Services);

    private async Task<HttpStatusCode> StatusAsync(ApiRequest request, string? pageToken)
    {
        for (; ; await Task.Delay(100))
        {
            using var message = request.ToMessage();
            message.Headers.Authorization = pageToken is null ? null : new AuthenticationHeaderValue("Bearer", pageToken);
            using var answer = await _server.Http.SendAsync(message);
            if (answer.StatusCode != HttpStatusCode.TooManyRequests)
            {
                return answer.StatusCode;
            }
        }
    }

    private static string Policy(HttpResponseMessage answer) => answer.Headers.GetValues("Content-Security-Policy").Single();
}
