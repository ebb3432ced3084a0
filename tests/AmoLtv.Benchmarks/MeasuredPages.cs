using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AmoLtv.Testing;

namespace AmoLtv.Benchmarks;

/// <summary>The service as a process of its own, asked as an administrator of an account.</summary>
internal sealed class MeasuredPages : IAsyncDisposable
{
    public const string ClientId = "11111111-2222-3333-4444-555555555555";

    private static readonly string Secret = new('0', 64);

    private readonly ServiceProcess _service;
    private readonly HttpClient _http;

    private MeasuredPages(ServiceProcess service, HttpClient http) => (_service, _http) = (service, http);

    public static async Task<MeasuredPages> StartAsync(string connectionString, long account)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var redirect = new Uri(address, "oauth/callback");
        var service = ServiceProcess.Start(Settings(connectionString, redirect), "serve", "--urls", address.ToString());
        await service.AwaitReadyAsync(address);
        var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Add("X-Auth-Token", Token(account, redirect));
        return new MeasuredPages(service, http);
    }

    /// <summary>Milliseconds until the whole answer is there, after two requests to warm up.</summary>
    public async Task<(double Median, double Slowest, long Bytes)> MeasureAsync(string path, int times)
    {
        var (took, bytes) = (new List<double>(), 0L);
        for (var i = -2; i < times; i++)
        {
            var began = Stopwatch.GetTimestamp();
            bytes = await DownloadAsync(path);
            if (i >= 0)
            {
                took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            // Below the rate at which one address may ask.
            await Task.Delay(25);
        }

        took.Sort();
        return (took[took.Count / 2], took[^1], bytes);
    }

    public async Task<string> GetTextAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return await TextAsync(path, answer);
    }

    /// <returns>Milliseconds until the whole answer is there, and the answer.</returns>
    public async Task<(double Milliseconds, string Answer)> PostAsync(string path, JsonNode body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        var began = Stopwatch.GetTimestamp();
        using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        var text = await TextAsync(path, answer);
        return (Stopwatch.GetElapsedTime(began).TotalMilliseconds, text);
    }

    private static async Task<string> TextAsync(string path, HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
    }

    public async Task<long> DownloadAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        var body = await answer.Content.ReadAsByteArrayAsync();
        return answer.IsSuccessStatusCode
            ? body.LongLength
            : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {Encoding.UTF8.GetString(body)}");
    }

    /// <summary>As the CRM signs it (HS256).</summary>
    private static string Token(long account, Uri redirect)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var head = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);
        var body = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new
        {
            iss = "https://bench.amocrm.ru",
            aud = $"{redirect.Scheme}://{redirect.Host}",
            jti = Guid.NewGuid(),
            iat = now,
            nbf = now,
            exp = now + 86_400,
            account_id = account,
            user_id = 1,
            client_uuid = ClientId,
            is_admin = true,
        }));
        return $"{head}.{body}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{head}.{body}")))}";
    }

    private static Dictionary<string, string> Settings(string connectionString, Uri redirect) => new(StringComparer.Ordinal)
    {
        ["DOTNET_ENVIRONMENT"] = "Development",
        ["Database__ConnectionString"] = connectionString,
        ["Integrations__0__ClientId"] = ClientId,
        ["Integrations__0__ClientSecret"] = Secret,
        ["Integrations__0__RedirectUri"] = redirect.ToString(),
        ["Keys__Folder"] = Path.Combine(Path.GetTempPath(), "amoltv-bench-keys"),
        ["Scheduling__RunWhenConnected"] = "false",
        ["Webhooks__FollowChanges"] = "false",
        ["Notices__CheckSeconds"] = "3600",
        ["Logging__LogLevel__Default"] = "Warning",
    };

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _service.DisposeAsync();
    }
}
