using System.Text.Json;
using AmoLtv.Sandbox.Control;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>One authorized request to <c>/api/v4</c>.</summary>
/// <param name="Origin">Scheme and host as the caller addressed them; links are made of it.</param>
/// <param name="User">The user whose rights apply: the grant's, or the one named by X-Context-User-ID.</param>
/// <param name="Body">Undefined when there is none.</param>
/// <param name="RouteId">The id in the address; 0 when there is none.</param>
internal sealed record ApiCall(SandboxContext Sandbox, string Origin, HttpContext Http, CrmUser User, string ClientId, JsonElement Body, long RouteId)
{
    public SandboxState State => Sandbox.State;

    public SandboxOptions Options => Sandbox.Options;

    public Statistics Statistics => Sandbox.Statistics;

    public string Path { get; } = Http.Request.Path;

    public IQueryCollection Query { get; } = Http.Request.Query;

    /// <summary>The words of <c>with=a,b</c>.</summary>
    public IReadOnlySet<string> With { get; } = Http.Request.Query["with"].SelectMany(words => (words ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.Ordinal);

    public string Link(string path) => Origin + path;
}
