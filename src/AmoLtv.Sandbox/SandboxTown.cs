using AmoLtv.Sandbox.Api;
using AmoLtv.Sandbox.Cards;
using AmoLtv.Sandbox.Control;
using AmoLtv.Sandbox.OAuth;
using AmoLtv.Sandbox.State;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AmoLtv.Sandbox;

/// <summary>Any number of accounts in one process and by one clock, each at addresses of its own. Dispose it to stop; it listens on loopback alone.</summary>
public sealed class SandboxTown : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly IReadOnlyList<SandboxContext> _contexts;

    private SandboxTown(WebApplication app, IReadOnlyList<SandboxContext> contexts)
    {
        _app = app;
        _contexts = contexts;
        Accounts = [.. contexts.Select(context => new SandboxAccount(context))];
    }

    /// <summary>The accounts in the order they were asked for.</summary>
    public IReadOnlyList<SandboxAccount> Accounts { get; }

    /// <summary>Starts accounts: makes or reads their data, plays back their journals, listens.</summary>
    /// <param name="accounts">At least one, with different ids. <see cref="SandboxOptions.Now"/> and <see cref="SandboxOptions.TimeScale"/> of the first are everybody's.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="SandboxException">They cannot start as asked.</exception>
    public static async Task<SandboxTown> StartAsync(IReadOnlyList<SandboxOptions> accounts, CancellationToken cancellationToken = default)
    {
        var clock = AccountStart.Clock(accounts[0], TimeProvider.System);
        var contexts = accounts.Select(options => AccountStart.Prepare(options, clock)).ToList();
        var byPort = new AccountsByPort();
        var app = Build(contexts, byPort);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException taken)
        {
            await CloseAsync(contexts);
            await app.DisposeAsync();
            throw new SandboxException($"Cannot listen on {string.Join(", ", accounts.SelectMany(options => options.Urls))}: {taken.Message}");
        }

        Settle(contexts, app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses, byPort);
        return new SandboxTown(app, contexts);
    }

    /// <summary>Completes when the process is asked to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await CloseAsync(_contexts);
    }

    private static WebApplication Build(IReadOnlyList<SandboxContext> contexts, AccountsByPort accounts)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (var url in contexts.SelectMany(context => context.Options.Urls))
            {
                LoopbackAddress.Parse(url).ListenWith(kestrel);
            }
        });

        var app = builder.Build();
        app.Use(async (http, next) =>
        {
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: 404 or 405 } && http.GetEndpoint() is null or { DisplayName: "405 HTTP Method Not Supported" })
            {
                await UnknownAsync(http, accounts.Of(http));
            }
        });
        app.UseRouting();
        app.MapOAuth(accounts);
        app.MapApi(accounts);
        app.MapControl(accounts);
        app.MapCardPage(accounts);
        app.UseEndpoints(_ => { });
        return app;
    }

    /// <summary>The server names its addresses in the order it was told to listen.</summary>
    private static void Settle(IReadOnlyList<SandboxContext> contexts, ICollection<string> addresses, AccountsByPort byPort)
    {
        var listening = new Queue<string>(addresses);
        foreach (var context in contexts)
        {
            context.Addresses = [.. context.Options.Urls.Select(_ => new Uri(listening.Dequeue()))];
            byPort.Add(context);
        }
    }

    private static Task UnknownAsync(HttpContext http, SandboxContext context) => http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        ? ApiEndpoints.AnswerUnknownAsync(http, context, http.Response.StatusCode)
        : Task.CompletedTask;

    private static async Task CloseAsync(IReadOnlyList<SandboxContext> contexts)
    {
        foreach (var context in contexts)
        {
            await context.Hooks.DisposeAsync();
            lock (context.State.Gate)
            {
                context.State.Journal?.Dispose();
                context.State.Journal = null;
            }
        }
    }
}
