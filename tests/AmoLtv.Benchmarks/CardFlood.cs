using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using AmoLtv.Sandbox;

namespace AmoLtv.Benchmarks;

/// <summary>Cards as widgets ask for them: a token of the CRM with each, from a number of offices, since an office may ask for so many a second alone.</summary>
internal sealed class CardFlood : IDisposable
{
    private const int Offices = 20;

    private readonly HttpClient[] _offices;
    private readonly IReadOnlyList<long> _companies;
    private readonly string _token;
    private readonly string _origin;

    private CardFlood(Uri service, SandboxAccount account, IReadOnlyList<long> companies, string token)
    {
        (_companies, _token, _origin) = (companies, token, account.Address.GetLeftPart(UriPartial.Authority));
        _offices = [.. Enumerable.Range(2, Offices).Select(number => Office(service, IPAddress.Parse($"127.0.0.{number}")))];
        Requests = new SteadyFlood(SendAsync);
    }

    /// <summary>The flood; a request's number decides the company and the office.</summary>
    public SteadyFlood Requests { get; }

    public static async Task<CardFlood> CreateAsync(Uri service, SandboxAccount account, IReadOnlyList<long> companies)
    {
        using var crm = new HttpClient { BaseAddress = account.Address };
        using var answer = await crm.PostAsJsonAsync("sandbox/token", new { clientId = account.State.Integrations[0].ClientId });
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
        return new CardFlood(service, account, companies, token);
    }

    /// <returns>The status of the answer, which is read to its end.</returns>
    public async Task<int> SendAsync(long number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/cards/companies/{_companies[(int)(number % _companies.Count)]}");
        request.Headers.Add("X-Auth-Token", _token);
        request.Headers.Add("Origin", _origin);
        using var answer = await _offices[number % Offices].SendAsync(request);
        await answer.Content.LoadIntoBufferAsync();
        return (int)answer.StatusCode;
    }

    public void Dispose() => Array.ForEach(_offices, office => office.Dispose());

    private static HttpClient Office(Uri service, IPAddress from) => new(new SocketsHttpHandler
    {
        UseCookies = false,
        ConnectCallback = async (target, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(target.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = service };
}
