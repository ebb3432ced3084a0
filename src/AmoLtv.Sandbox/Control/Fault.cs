namespace AmoLtv.Sandbox.Control;

/// <summary>A failure ordered for requests to come.</summary>
/// <param name="Path">Exact path, or a prefix ending in <c>*</c>.</param>
/// <param name="Method">Null: any.</param>
/// <param name="After">Matching requests to let pass first.</param>
/// <param name="Count">Matching requests to fail then.</param>
internal sealed record Fault(string Path, string? Method, FaultKind Kind, int After, int Count)
{
    /// <summary>Null for a word that names no failure.</summary>
    public static FaultKind? ParseKind(string? word) => word switch
    {
        "html" => FaultKind.Html,
        "500" => FaultKind.ServerError,
        "502" => FaultKind.BadGateway,
        "504" => FaultKind.GatewayTimeout,
        "timeout" => FaultKind.Timeout,
        "truncated" => FaultKind.Truncated,
        "lost" => FaultKind.Lost,
        "429" => FaultKind.TooManyRequests,
        "403" => FaultKind.Forbidden,
        "402" => FaultKind.PaymentRequired,
        _ => null,
    };

    public bool Matches(string method, string path) =>
        (Method is null || string.Equals(Method, method, StringComparison.OrdinalIgnoreCase))
        && (Path.EndsWith('*') ? path.StartsWith(Path[..^1], StringComparison.Ordinal) : path == Path);
}
