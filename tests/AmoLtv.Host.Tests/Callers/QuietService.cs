using System.Net;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Host.CommandLine;
using AmoLtv.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AmoLtv.Host.Tests.Callers;

/// <summary>A process of the service that answers and does nothing of its own accord: whatever row is written, a request wrote it.</summary>
internal sealed class QuietService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private QuietService(WebApplication app, Uri address) =>
        (_app, _http) = (app, new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = address });

    /// <summary>Before anything it answers.</summary>
    public DateTimeOffset StartedAt { get; } = TimeProvider.System.GetUtcNow();

    public static async Task<QuietService> StartAsync(IEnumerable<KeyValuePair<string, string?>> configuration)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var app = ServeCommand.Build(address.ToString(), builder =>
        {
            builder.Configuration.AddInMemoryCollection(configuration);
            builder.Logging.ClearProviders();
            builder.Host.ConfigureContainer<IServiceCollection>((_, services) => Quieten(services));
        });
        await app.StartAsync();
        return new QuietService(app, address);
    }

    /// <returns>Status and body.</returns>
    public async Task<(HttpStatusCode Status, string Body)> AskAsync(ApiRequest request, ApiCaller by)
    {
        for (; ; await Task.Delay(100))
        {
            using var message = (request with { Body = request.Body?.Replace(ApiCaller.OwnCode, by.Code.Text, StringComparison.Ordinal) }).ToMessage();
            by.Sign(message, request.Proof);
            using var answer = await _http.SendAsync(message);
            // The rate that bounds a browser is not the subject.
            if (answer.StatusCode != HttpStatusCode.TooManyRequests)
            {
                return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>All but the web server: rounds, watches, schedules. The log of calls is written a second after the call, so it is not kept.</summary>
    private static void Quieten(IServiceCollection services)
    {
        var rounds = services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Namespace != typeof(IWebHostBuilder).Namespace);
        foreach (var round in rounds.ToList())
        {
            services.Remove(round);
        }

        services.RemoveAll<IExchangeLog>();
    }
}
