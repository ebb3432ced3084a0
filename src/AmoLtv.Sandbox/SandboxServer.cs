using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox;

/// <summary>A running sandbox of one account. Dispose it to stop; it listens on loopback alone.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly SandboxTown _town;

    private SandboxServer(SandboxTown town) => _town = town;

    /// <summary>The first http address, or the https one when there is no other.</summary>
    public Uri Address => Account.Address;

    /// <summary>The https address; throws when it does not listen on one.</summary>
    public Uri HttpsAddress => Addresses.First(address => address.Scheme == Uri.UriSchemeHttps);

    /// <summary>Every address it listens on, in the order they were asked for.</summary>
    public IReadOnlyList<Uri> Addresses => Account.Addresses;

    public long AccountId => Account.Id;

    /// <summary>The account itself. Hold <see cref="SandboxState.Gate"/> while reading or changing it.</summary>
    public SandboxState State => Account.State;

    private SandboxAccount Account => _town.Accounts[0];

    /// <summary>Starts a sandbox: makes or reads its data, plays back its journal, listens.</summary>
    /// <exception cref="SandboxException">It cannot start as asked.</exception>
    public static async Task<SandboxServer> StartAsync(SandboxOptions? options = null, CancellationToken cancellationToken = default) =>
        new(await SandboxTown.StartAsync([options ?? new SandboxOptions()], cancellationToken));

    /// <summary>Completes when the process is asked to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _town.WaitForShutdownAsync(cancellationToken);

    public ValueTask DisposeAsync() => _town.DisposeAsync();
}
