using System.Collections.Concurrent;

namespace AmoLtv.AmoCrm.Transport;

/// <summary>The circuits of this process, one for each (integration, account).</summary>
/// <param name="store">Where other processes see them; null: there are none.</param>
public sealed class Circuits(TimeProvider time, ICircuitStore? store = null) : IDisposable
{
    private readonly ConcurrentDictionary<(string ClientId, string Host), Circuit> _circuits = new();

    public Circuit For(BudgetKey key) =>
        _circuits.GetOrAdd((key.ClientId, key.BaseAddress.Authority), _ => new Circuit(key, store, time));

    public void Dispose()
    {
        foreach (var circuit in _circuits.Values)
        {
            circuit.Dispose();
        }
    }
}
