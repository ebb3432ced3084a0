using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Web;

namespace AmoLtv.Sandbox.Tests;

/// <summary>Talks to a sandbox as an integration does: plain HTTP, nothing of the client under test elsewhere.</summary>
internal sealed class Caller : IDisposable
{
    public const long Admin = 77_001;
    public const long Manager = 77_002;
    public const long OwnOnlyManager = 77_004;
    private readonly HttpClient _http;

    public Caller(SandboxServer server, Uri? address = null)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        if (address?.Scheme == Uri.UriSchemeHttps)
        {
            // The certificate is the sandbox's own make; its fingerprint is all there is to know of it.
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=amocrm-sandbox";
        }

        _http = new HttpClient(handler) { BaseAddress = address ?? server.Address };
    }

    public static SandboxIntegration Integration => SandboxOptions.DefaultIntegration;

    public HttpClient Http => _http;

    /// <summary>Goes through the authorize page as this user and keeps the access token.</summary>
    public async Task<JsonElement> InstallAsync(long userId = Admin)
    {
        var pair = await ExchangeCodeAsync(await AuthorizeAsync(userId));
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", pair.GetProperty("access_token").GetString());
        return pair;
    }

    public async Task<string> AuthorizeAsync(long userId) => (await DecideAsync(userId, "allow", "s"))["code"]!;

    public async Task<System.Collections.Specialized.NameValueCollection> DecideAsync(long userId, string decision, string state)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["client_id"] = Integration.ClientId, ["state"] = state, ["user_id"] = $"{userId}", ["decision"] = decision,
        });
        using var answer = await _http.PostAsync("/oauth", form);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await answer.Content.ReadAsStringAsync());
        return HttpUtility.ParseQueryString(answer.Headers.Location!.Query);
    }

    public async Task<JsonElement> ExchangeCodeAsync(string code)
    {
        using var answer = await TokenRequestAsync("authorization_code", "code", code);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
        return await JsonAsync(answer);
    }

    public Task<HttpResponseMessage> TokenRequestAsync(string grant, string name, string value, SandboxIntegration? integration = null)
    {
        var of = integration ?? Integration;
        return _http.PostAsJsonAsync("/oauth2/access_token", new Dictionary<string, string>
        {
            ["client_id"] = of.ClientId, ["client_secret"] = of.Secret, ["redirect_uri"] = of.RedirectUri, ["grant_type"] = grant, [name] = value,
        });
    }

    public Task<HttpResponseMessage> GetAsync(string path, long? contextUser = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v4/" + path);
        if (contextUser is { } user)
        {
            request.Headers.Add("X-Context-User-ID", $"{user}");
        }

        return _http.SendAsync(request);
    }

    /// <summary>The JSON of a GET that has to succeed.</summary>
    public async Task<JsonElement> ReadAsync(string path)
    {
        using var answer = await GetAsync(path);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
        return await JsonAsync(answer);
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string json) =>
        _http.SendAsync(new HttpRequestMessage(method, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") });

    public Task<HttpResponseMessage> PatchAsync(string path, string json) => SendAsync(HttpMethod.Patch, "/api/v4/" + path, json);

    public Task<HttpResponseMessage> PostAsync(string path, string json) => SendAsync(HttpMethod.Post, "/api/v4/" + path, json);

    /// <summary>A lever under /sandbox that has to work.</summary>
    public async Task<JsonElement> ControlAsync(string path, string json = "{}")
    {
        using var answer = await SendAsync(HttpMethod.Post, "/sandbox/" + path, json);
        Assert.That(answer.IsSuccessStatusCode, Is.True, await answer.Content.ReadAsStringAsync());
        return answer.StatusCode == HttpStatusCode.NoContent ? default : await JsonAsync(answer);
    }

    /// <summary>Every element of a list, page by page along the next links.</summary>
    public async Task<List<JsonElement>> AllAsync(string path, string name)
    {
        var all = new List<JsonElement>();
        for (var next = "/api/v4/" + path; next is not null;)
        {
            using var answer = await _http.GetAsync(next);
            if (answer.StatusCode == HttpStatusCode.NoContent)
            {
                break;
            }

            var page = await JsonAsync(answer);
            all.AddRange(page.GetProperty("_embedded").GetProperty(name).EnumerateArray());
            next = page.GetProperty("_links").TryGetProperty("next", out var link) ? link.GetProperty("href").GetString() : null;
        }

        return all;
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    public void Dispose() => _http.Dispose();
}
