namespace AmoLtv.AmoCrm.Transport;

/// <summary>Where all processes see which accounts are asked nothing; implemented where the database is. Answers are null where it cannot be asked.</summary>
public interface ICircuitStore
{
    /// <returns>Known, and the circuit where it is open.</returns>
    Task<(bool IsKnown, OpenCircuit? Circuit)> FindAsync(BudgetKey key, CancellationToken cancellationToken);

    /// <summary>Opens the circuit, or puts the next probe of an open one off.</summary>
    Task<OpenCircuit?> OpenAsync(BudgetKey key, CircuitOpening opening, CancellationToken cancellationToken);

    /// <summary>Takes the right to the one request that asks whether it is over; the next falls due later.</summary>
    /// <returns>True for the one who may ask.</returns>
    Task<bool?> ClaimProbeAsync(BudgetKey key, CancellationToken cancellationToken);

    Task CloseAsync(BudgetKey key, CancellationToken cancellationToken);
}
