namespace AmoLtv.Host.Running;

/// <summary>What a failure says of the memory of the process, however deep the runtime or a library wrapped it.</summary>
public static class MemoryShortage
{
    /// <summary>Whether the process had no memory left.</summary>
    public static bool IsCauseOf(Exception failure) => failure switch
    {
        OutOfMemoryException => true,
        AggregateException many => many.InnerExceptions.Any(IsCauseOf),
        { InnerException: { } inner } => IsCauseOf(inner),
        _ => false,
    };

    /// <summary>
    /// Whether it outlasts itself: the runtime remembers that a type could not begin and never tries anew, so that whatever
    /// needs the type fails until the process is started again, however much memory there is by then (.NET,
    /// <see cref="TypeInitializationException"/>).
    /// </summary>
    public static bool IsLastingIn(Exception failure) => failure is TypeInitializationException && IsCauseOf(failure);
}
