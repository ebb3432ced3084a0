using System.Collections.Concurrent;
using AmoLtv.AmoCrm.OAuth;

namespace AmoLtv.AmoCrm.Transport;

/// <summary>The pacers of this process, one for each (integration, account), and the one or two that all accounts pass besides.</summary>
/// <param name="permits">The schedule shared with other processes; null: this process is the only one.</param>
public sealed class RequestPacers(CrmTransportOptions options, TimeProvider time, Circuits circuits, IRequestPermits? permits = null) : IDisposable
{
    private readonly ConcurrentDictionary<(string ClientId, string Host), Lazy<RequestPacer>> _pacers = new();
    private readonly RequestPacer _egress = new(options.EgressPerSecond / options.Processes, time);

    // Kommo's documentation counts its limit by the caller's address, all accounts together.
    private readonly RequestPacer _kommoEgress = new(options.KommoEgressPerSecond / options.Processes, time);

    public RequestPacer For(BudgetKey key) =>
        _pacers.GetOrAdd((key.ClientId, key.BaseAddress.Authority), _ => new Lazy<RequestPacer>(() => Create(key))).Value;

    public void Dispose()
    {
        foreach (var pacer in _pacers.Values.Where(pacer => pacer.IsValueCreated))
        {
            pacer.Value.Dispose();
        }

        _egress.Dispose();
        _kommoEgress.Dispose();
    }

    private RequestPacer Create(BudgetKey key) => new(
        options.RequestsPerSecond,
        time,
        permits is null ? null : new SharedRate(key, permits, options.Processes, circuits.For(key).Hear),
        IsKommo(key.BaseAddress) ? _kommoEgress : _egress);

    private static bool IsKommo(Uri address) =>
        CrmHost.IsVendor(address) && !address.Host.EndsWith(".amocrm.ru", StringComparison.OrdinalIgnoreCase);
}
