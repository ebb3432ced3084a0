using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox;

/// <summary>One account of a running sandbox.</summary>
public sealed class SandboxAccount
{
    private readonly SandboxContext _context;

    internal SandboxAccount(SandboxContext context) => _context = context;

    /// <summary>The first http address, or the https one when there is no other.</summary>
    public Uri Address => Addresses.FirstOrDefault(address => address.Scheme == Uri.UriSchemeHttp) ?? Addresses[0];

    /// <summary>Every address it listens on, in the order they were asked for.</summary>
    public IReadOnlyList<Uri> Addresses => _context.Addresses;

    public long Id => State.Account.Id;

    /// <summary>The account itself. Hold <see cref="SandboxState.Gate"/> while reading or changing it.</summary>
    public SandboxState State => _context.State;
}
