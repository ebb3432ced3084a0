namespace AmoLtv.Host.CommandLine.Doctor;

/// <summary>One thing that is looked at: gathers facts, and lets a rule without any input or output judge them.</summary>
internal interface ICheck
{
    /// <returns>At least one finding.</returns>
    Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken);
}
