namespace AmoLtv.Host.Running;

/// <summary>What a failure says of the memory of the process, however deep the runtime or a library wrapped it.</summary>
public static class MemoryShortage
{
    /// <summary>Whether the process had no memory left.</summary>
    public static bool IsCauseOf(Exception failure) => Chain(failure).Any(cause => cause is OutOfMemoryException);

    /// <summary>
    /// Whether it will fail again however much memory there is by then: the runtime remembers that a type could not begin
    /// and never tries anew, so that every account that needs the type fails until the process is started again
    /// (.NET, <see cref="TypeInitializationException"/>).
    /// </summary>
    public static bool OutlastsItself(Exception failure) =>
        Chain(failure).Any(cause => cause is TypeInitializationException && IsCauseOf(cause));

    private static IEnumerable<Exception> Chain(Exception failure)
    {
        yield return failure;
        var inner = failure is AggregateException many ? many.InnerExceptions : failure.InnerException is { } one ? [one] : (IEnumerable<Exception>)[];
        foreach (var cause in inner.SelectMany(Chain))
        {
            yield return cause;
        }
    }
}
