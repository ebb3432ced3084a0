using System.Collections.Concurrent;
using AmoLtv.AmoCrm.OAuth;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.AmoCrm.Tests.Client;

/// <summary>A server on a real socket that answers as a test says, and the client that calls it.</summary>
internal sealed class ScriptedCrm : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ServiceProvider _services;

    private ScriptedCrm(WebApplication app, ServiceProvider services, Uri address)
    {
        (_app, _services, Address) = (app, services, address);
        Client = _services.GetRequiredService<AmoCrmClientFactory>().Create(new AccountConnection(new AccountId(1), address, "client", new OneToken()));
    }

    public Uri Address { get; }

    public AmoCrmClient Client { get; }

    public OAuthClient Tokens => _services.GetRequiredService<OAuthClient>();

    /// <summary>What was asked: method, path and query.</summary>
    public ConcurrentQueue<string> Asked { get; private init; } = new();

    /// <summary>Every attempt as the client logged it.</summary>
    public Lines Log { get; private init; } = new();

    public int Count(string path) => Asked.Count(asked => asked.Contains(path, StringComparison.Ordinal));

    public static async Task<ScriptedCrm> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var asked = new ConcurrentQueue<string>();
        app.Run(http =>
        {
            asked.Enqueue($"{http.Request.Method} {http.Request.Path}{Uri.UnescapeDataString(http.Request.QueryString.Value ?? "")}");
            return answer(http);
        });
        await app.StartAsync();
        var log = new Lines();
        var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IExchangeLog>(log)
            .AddAmoCrm(_ => new CrmTransportOptions(200, TimeSpan.FromSeconds(2), EgressPerSecond: 1000))
            .BuildServiceProvider();
        return new ScriptedCrm(app, services, new Uri(app.Urls.First())) { Asked = asked, Log = log };
    }

    public static Task JsonAsync(HttpContext http, string body, int status = 200)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = status < 300 ? "application/hal+json" : "application/problem+json";
        return http.Response.WriteAsync(body);
    }

    public static Task HtmlAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html";
        return http.Response.WriteAsync($"<html><body>{status}</body></html>");
    }

    /// <summary>Headers and the beginning of a body, and then nothing until the caller gives up.</summary>
    public static async Task StallAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = status < 300 ? "application/json" : "application/problem+json";
        http.Response.ContentLength = 100;
        await http.Response.WriteAsync("""{"title":""");
        await http.Response.Body.FlushAsync();
        await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    /// <summary>A page of leads with these ids.</summary>
    public static Task LeadsAsync(HttpContext http, IEnumerable<int> ids, string? next)
    {
        var rows = ids.Select(id =>
            $$"""{"id":{{id}},"status_id":142,"pipeline_id":1,"price":1,"created_at":1700000000,"updated_at":1700000000,"_embedded":{"companies":[]} }""");
        var links = next is null ? "{}" : $$"""{"next":{"href":"{{next}}"} }""";
        return JsonAsync(http, $$"""{"_links":{{links}},"_embedded":{"leads":[{{string.Join(',', rows)}}]} }""");
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _app.DisposeAsync();
    }

    internal sealed class Lines : IExchangeLog
    {
        private readonly ConcurrentQueue<CrmExchange> _lines = new();

        public IReadOnlyList<CrmExchange> All => [.. _lines];

        public void Add(CrmExchange exchange) => _lines.Enqueue(exchange);
    }

    private sealed class OneToken : IAccessTokens
    {
        public ValueTask<string> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult("secret-token");

        public Task<string> RenewAsync(string rejected, CancellationToken cancellationToken) => Task.FromResult("another-token");
    }
}
