using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Operations;

/// <summary>A run that is wanted and has not begun.</summary>
public sealed record DueRequest(AccountId Account, long Id, IReadOnlyList<string> Steps, RunId? Undoes, UserId? AskedBy);
