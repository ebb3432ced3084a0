using System.Globalization;
using System.Net;
using AmoLtv.Sandbox.Api;
using AmoLtv.Sandbox.Cards;
using AmoLtv.Sandbox.Control;
using AmoLtv.Sandbox.OAuth;
using AmoLtv.Sandbox.State;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AmoLtv.Sandbox;

/// <summary>A running sandbox. Dispose it to stop; it listens on loopback alone.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SandboxContext _context;

    private SandboxServer(WebApplication app, SandboxContext context)
    {
        _app = app;
        _context = context;
    }

    /// <summary>The first http address, or the https one when there is no other.</summary>
    public Uri Address => Addresses.FirstOrDefault(address => address.Scheme == Uri.UriSchemeHttp) ?? Addresses[0];

    /// <summary>The https address; throws when it does not listen on one.</summary>
    public Uri HttpsAddress => Addresses.First(address => address.Scheme == Uri.UriSchemeHttps);

    /// <summary>Every address it listens on, in the order they were asked for.</summary>
    public IReadOnlyList<Uri> Addresses => _context.Addresses;

    public long AccountId => State.Account.Id;

    /// <summary>The account itself. Hold <see cref="SandboxState.Gate"/> while reading or changing it.</summary>
    public SandboxState State => _context.State;

    /// <summary>Starts a sandbox: makes or reads its data, plays back its journal, listens.</summary>
    /// <exception cref="SandboxException">It cannot start as asked.</exception>
    public static async Task<SandboxServer> StartAsync(SandboxOptions? options = null, CancellationToken cancellationToken = default)
    {
        var context = AccountStart.Prepare(options ?? new SandboxOptions(), TimeProvider.System);
        var app = Build(context);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException taken)
        {
            context.State.Journal?.Dispose();
            await context.Hooks.DisposeAsync();
            await app.DisposeAsync();
            throw new SandboxException($"Cannot listen on {string.Join(", ", context.Options.Urls)}: {taken.Message}");
        }

        var addresses = app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        context.Addresses = [.. addresses.Select(address => new Uri(address))];
        return new SandboxServer(app, context);
    }

    /// <summary>Completes when the process is asked to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _context.Hooks.DisposeAsync();
        lock (State.Gate)
        {
            State.Journal?.Dispose();
            State.Journal = null;
        }
    }

    private static WebApplication Build(SandboxContext context)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (var url in context.Options.Urls)
            {
                Listen(kestrel, url);
            }
        });

        var app = builder.Build();
        app.Use(async (http, next) =>
        {
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: 404 or 405 } && http.GetEndpoint() is null or { DisplayName: "405 HTTP Method Not Supported" })
            {
                await UnknownAsync(http, context);
            }
        });
        app.UseRouting();
        app.MapOAuth(context);
        app.MapApi(context);
        app.MapControl(context);
        app.MapCardPage(context);
        app.UseEndpoints(_ => { });
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, string url)
    {
        var (where, isSecure) = LoopbackAddress(url);
        kestrel.Listen(where, listen =>
        {
            if (isSecure)
            {
                listen.UseHttps(SelfMadeCertificate.Create(TimeProvider.System.GetUtcNow()));
            }
        });
    }

    private static Task UnknownAsync(HttpContext http, SandboxContext context) => http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        ? ApiEndpoints.AnswerUnknownAsync(http, context, http.Response.StatusCode)
        : Task.CompletedTask;

    private static (IPEndPoint Where, bool IsSecure) LoopbackAddress(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new SandboxException($"'{url}' is no address: write http://127.0.0.1:PORT or https://127.0.0.1:PORT, port 0 for a free one.");
        }

        var host = string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback : IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) ? ip : null;
        if (host is null || !IPAddress.IsLoopback(host))
        {
            throw new SandboxException(string.Create(CultureInfo.InvariantCulture, $"The sandbox has no passwords and listens on loopback alone, not on {address.Host}."));
        }

        return (new IPEndPoint(host, address.Port), address.Scheme == Uri.UriSchemeHttps);
    }
}
