using System.Globalization;
using System.Net;
using System.Text;

namespace AmoLtv.Benchmarks;

/// <summary>Hooks as the CRM sends them, each naming another lead.</summary>
internal sealed class HookFlood : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _secret;
    private readonly long _account;

    public HookFlood(Uri address, string secret, long account)
    {
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 512, UseCookies = false }) { BaseAddress = address };
        (_secret, _account) = (secret, account);
        Requests = new SteadyFlood(SendAsync);
    }

    /// <summary>The flood; a request's number is its lead's.</summary>
    public SteadyFlood Requests { get; }

    public void Dispose() => _http.Dispose();

    private async Task<int> SendAsync(long lead)
    {
        using var content = new StringContent(Body(lead), Encoding.ASCII, "application/x-www-form-urlencoded");
        using var answer = await _http.PostAsync("hooks/amo/" + _secret, content);
        return (int)answer.StatusCode;
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

        return body.Append(CultureInfo.InvariantCulture, $"&account%5Bid%5D={_account}&account%5Bsubdomain%5D=acme").ToString();
    }
}
