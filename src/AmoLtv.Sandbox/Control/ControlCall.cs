using System.Text.Json;

namespace AmoLtv.Sandbox.Control;

/// <summary>A request to <c>/sandbox</c>.</summary>
/// <param name="Body">An object, or undefined when nothing was sent.</param>
/// <param name="Id">The id in the address; 0 when there is none.</param>
internal sealed record ControlCall(HttpContext Http, SandboxContext Sandbox, JsonElement Body, long Id)
{
    /// <summary>Scheme and host as the caller addressed them.</summary>
    public string Origin => $"{Http.Request.Scheme}://{Http.Request.Host.Value}";

    public JsonElement? Property(string name) => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A number is read as text too: a fault of kind 500 may be written either way.</summary>
    public string? Text(string name) => Property(name) is { ValueKind: JsonValueKind.String or JsonValueKind.Number } value ? value.ToString() : null;

    public int? Int(string name) => Property(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    public long? Long(string name) => Property(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    public bool? Flag(string name) => Property(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean() : null;

    public double? Number(string name) => Property(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    /// <summary>An array of ids; null when it is missing or holds something else.</summary>
    public long[]? Longs(string name) => Property(name) is { ValueKind: JsonValueKind.Array } items && items.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number)
        ? [.. items.EnumerateArray().Select(item => item.GetInt64())]
        : null;

    /// <summary>The integration named by <c>clientId</c>, or the first one when none is named.</summary>
    public SandboxIntegration? Integration => Text("clientId") is { } named ? Sandbox.State.Integration(named) : Sandbox.State.Integrations.Count > 0 ? Sandbox.State.Integrations[0] : null;
}
