using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AmoLtv.Core.Notices;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Notices;

/// <summary>
/// Posts notices as JSON, signed: header <c>X-AmoLtv-Signature: t=SECONDS,v1=HEX</c>, the hex being HMAC-SHA256 of
/// <c>SECONDS.BODY</c> under the shared secret. Redirects are not followed, private addresses are not called.
/// </summary>
public sealed class WebhookSender : IDisposable
{
    private readonly HttpClient _http;
    private readonly bool _allowsLoopback;
    private readonly TimeProvider _time;

    public WebhookSender(IOptions<NoticesOptions> options, TimeProvider time)
    {
        _allowsLoopback = options.Value.AllowLoopbackWebhooks;
        _time = time;
        var allowsLoopback = _allowsLoopback;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ConnectCallback = (context, cancellationToken) => WebhookTarget.ConnectAsync(context.DnsEndPoint, allowsLoopback, cancellationToken),
        })
        {
            Timeout = TimeSpan.FromSeconds(options.Value.TimeoutSeconds),
            MaxResponseContentBufferSize = 64 * 1024,
        };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("AmoLtv");
    }

    /// <exception cref="NoticeFailedException">It was not accepted with a status of 200 to 299.</exception>
    public async Task SendAsync(string url, string secret, NoticeMessage message, CancellationToken cancellationToken)
    {
        if (WebhookTarget.Trouble(url, _allowsLoopback) is { } trouble)
        {
            throw new NoticeFailedException($"The webhook's address {trouble}.");
        }

        var body = Json(message);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.Add("X-AmoLtv-Signature", Signature(secret, _time.GetUtcNow(), body));
        request.Headers.Add("X-AmoLtv-Notice", message.Marker);
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                throw new NoticeFailedException($"The webhook answered with status {(int)answer.StatusCode}.");
            }
        }
        catch (HttpRequestException failure)
        {
            throw new NoticeFailedException($"The webhook cannot be reached: {failure.InnerException?.Message ?? failure.Message}", failure);
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NoticeFailedException("The webhook did not answer in time.", failure);
        }
    }

    public void Dispose() => _http.Dispose();

    internal static string Signature(string secret, DateTimeOffset now, byte[] body)
    {
        var seconds = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes(seconds + "."), .. body];
        return $"t={seconds},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}";
    }

    private static byte[] Json(NoticeMessage message) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            notice = message.Marker,
            account = message.Account.Value,
            kind = JsonNamingPolicy.CamelCase.ConvertName(message.Kind.ToString()),
            openedAt = message.OpenedAt,
            isReminder = message.Number > 0,
            title = message.Title,
            text = message.Body,
        },
        JsonSerializerOptions.Web);
}
