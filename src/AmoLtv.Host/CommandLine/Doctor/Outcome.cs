namespace AmoLtv.Host.CommandLine.Doctor;

/// <summary>How a check ended; in ascending order of trouble.</summary>
public enum Outcome
{
    Ok,

    /// <summary>The service works; something wants to be looked after.</summary>
    Warning,

    /// <summary>The service cannot do its work, or part of it.</summary>
    Failed,
}
