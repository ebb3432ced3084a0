namespace AmoLtv.Host.Operations;

/// <summary>A run that was asked for.</summary>
/// <param name="Id">Of the request.</param>
/// <param name="Kind">One of <see cref="RequestKind"/>; null where other steps were asked for elsewhere.</param>
/// <param name="Status">waiting, begun, ended or dropped.</param>
/// <param name="Run">The run that does it; null while it waits.</param>
/// <param name="Undoes">The run it takes back.</param>
/// <param name="AskedBy">User of the CRM.</param>
/// <param name="WaitsFor">The run that holds the account meanwhile.</param>
public sealed record RequestAnswer(
    long Id, string? Kind, IReadOnlyList<string> Steps, string Status, long? Run, long? Undoes, long? AskedBy, DateTime AskedAt, long? WaitsFor);
