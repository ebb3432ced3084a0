namespace AmoLtv.Sandbox.Control;

/// <summary>A failure ordered for requests to come.</summary>
/// <param name="Path">Exact path, or a prefix ending in <c>*</c>.</param>
/// <param name="Method">Null: any.</param>
/// <param name="After">Matching requests to let pass first.</param>
/// <param name="Count">Times it may strike; null: no end.</param>
internal sealed record Fault(string Path, string? Method, FaultKind Kind, int After, int? Count)
{
    /// <summary>With which a matching request is struck, 0 to 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Matching requests in a row that one strike takes.</summary>
    public int Burst { get; init; } = 1;

    /// <summary>Real milliseconds: of a latency, and of a timeout that ends by itself.</summary>
    public int? Milliseconds { get; init; }

    /// <summary>Seconds that a 429 names as <c>retry_after</c>; null: an HTML page that names none.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Rows that a page is shifted by.</summary>
    public int Rows { get; init; } = 1;

    /// <summary>Seconds by which the CRM's clock jumps.</summary>
    public double Seconds { get; init; }

    /// <param name="isLaterPage">The request asks for a page after the first.</param>
    public bool Matches(string method, string path, bool isLaterPage) =>
        (Method is null || string.Equals(Method, method, StringComparison.OrdinalIgnoreCase))
        && (isLaterPage || Kind is not (FaultKind.DuplicatePage or FaultKind.ShiftedPage or FaultKind.SkippedRows))
        && (Path.EndsWith('*') ? path.StartsWith(Path[..^1], StringComparison.Ordinal) : path == Path);
}
