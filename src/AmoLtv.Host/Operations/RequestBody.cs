namespace AmoLtv.Host.Operations;

/// <summary>What a person asks for.</summary>
/// <param name="Kind">One of <see cref="RequestKind"/>.</param>
/// <param name="Undoes">The run to take back, for <see cref="RequestKind.Undo"/> alone.</param>
public sealed record RequestBody(string? Kind, long? Undoes);
