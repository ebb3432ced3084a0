namespace AmoLtv.Host.Running;

/// <summary>How a run ends, as its row keeps it.</summary>
/// <param name="Status">One of <see cref="RunStatus"/>, never running.</param>
/// <param name="Error">Why it failed, or what of it was refused though it finished, in words; else null.</param>
/// <param name="Code">The same for pages, which say it in the reader's language (<see cref="FailureCode"/>); null where there is no error.</param>
public sealed record RunEnd(string Status, string? Error, string? Code);
