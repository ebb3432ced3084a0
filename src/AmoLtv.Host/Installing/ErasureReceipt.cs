using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Installing;

/// <summary>All that stays of an erased account.</summary>
/// <param name="Tables">Rows deleted, by table.</param>
/// <param name="FinishedAt">Null while it is under way.</param>
/// <param name="IsComplete">False and finished: the account was installed again meanwhile, what it had left is kept.</param>
public sealed record ErasureReceipt(
    AccountId Account, DateTimeOffset BeganAt, ErasureCause Cause, IReadOnlyDictionary<string, long> Tables, DateTimeOffset? FinishedAt, bool IsComplete);
