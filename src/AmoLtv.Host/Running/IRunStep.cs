namespace AmoLtv.Host.Running;

/// <summary>
/// One step of a run over an account: syncing, valuing, writing back, analysing. Steps meet only through tables;
/// each is idempotent and resumes from what the database says.
/// </summary>
public interface IRunStep
{
    /// <summary>Name people type and see: one of <see cref="RunSteps"/>.</summary>
    string Name { get; }

    /// <returns>Counts worth showing, by name (for example <c>leads</c>, <c>fieldsWritten</c>).</returns>
    Task<IReadOnlyDictionary<string, long>> RunAsync(RunContext run, CancellationToken cancellationToken);
}
