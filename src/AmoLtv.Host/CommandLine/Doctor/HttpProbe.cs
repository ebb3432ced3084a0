using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace AmoLtv.Host.CommandLine.Doctor;

/// <summary>One GET without secrets, redirects or a second attempt.</summary>
internal static class HttpProbe
{
    private const int Longest = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<HttpProbeAnswer> AskAsync(Uri address, CancellationToken cancellationToken)
    {
        DateTimeOffset? ends = null;
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        // Accepted as without it; it is looked at, and no more.
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
        {
            ends = certificate is X509Certificate2 shown ? new DateTimeOffset(shown.NotAfter) : null;
            return errors == SslPolicyErrors.None;
        };
        using var http = new HttpClient(handler) { Timeout = Patience };
        try
        {
            using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var text = response.IsSuccessStatusCode ? await BeginningAsync(response, cancellationToken) : "";
            return new HttpProbeAnswer((int)response.StatusCode, response.Headers.Date, text, null, ends);
        }
        catch (HttpRequestException failure)
        {
            var words = failure.InnerException is AuthenticationException untrusted ? "its certificate is not accepted: " + untrusted.Message : failure.Message;
            return new HttpProbeAnswer(null, null, "", words.TrimEnd('.'));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new HttpProbeAnswer(null, null, "", $"no answer within {Patience.TotalSeconds:0} seconds");
        }
    }

    private static async Task<string> BeginningAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var reader = new StreamReader(stream);
        var text = new char[Longest];
        return new string(text, 0, await reader.ReadBlockAsync(text, cancellationToken));
    }
}
