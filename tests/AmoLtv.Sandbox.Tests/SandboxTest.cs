using System.Text.Json;

namespace AmoLtv.Sandbox.Tests;

/// <summary>A running sandbox and a caller for every test that derives from it.</summary>
internal abstract class SandboxTest
{
    private readonly List<IAsyncDisposable> _servers = [];
    private readonly List<Caller> _callers = [];

    protected static DateTimeOffset Now { get; } = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Fast and with a clock that stands: a test moves it itself.</summary>
    protected static SandboxOptions Still { get; } = new() { Rate = 10_000, Now = Now, TimeScale = 1e-6 };

    protected async Task<(SandboxServer Server, Caller Caller)> StartAsync(SandboxOptions? options = null)
    {
        var server = await SandboxServer.StartAsync(options ?? Still);
        var caller = new Caller(server);
        _servers.Add(server);
        _callers.Add(caller);
        return (server, caller);
    }

    protected async Task<(SandboxServer Server, Caller Caller)> StartInstalledAsync(SandboxOptions? options = null)
    {
        var (server, caller) = await StartAsync(options);
        await caller.InstallAsync();
        return (server, caller);
    }

    /// <summary>A second caller on the same sandbox.</summary>
    protected Caller Another(SandboxServer server, Uri? address = null)
    {
        var caller = new Caller(server, address);
        _callers.Add(caller);
        return caller;
    }

    protected static JsonElement Element(JsonElement answer, string list, int place = 0) => answer.GetProperty("_embedded").GetProperty(list)[place];

    [TearDown]
    public async Task StopAsync()
    {
        _callers.ForEach(caller => caller.Dispose());
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        _callers.Clear();
        _servers.Clear();
    }
}
