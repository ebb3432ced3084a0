namespace AmoLtv.AmoCrm.Transport;

/// <summary>The account's circuit was opened while a request waited for its turn.</summary>
internal sealed class CircuitOpenException(OpenCircuit open) : Exception("The account is asked nothing now.")
{
    public OpenCircuit Open { get; } = open;
}
