using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Scheduling;

/// <summary>What the store holds of accounts, read at one go: asking account by account takes seconds where there are thousands.</summary>
/// <param name="Jobs">Accounts that have a job.</param>
/// <param name="Nights">Their next nights.</param>
/// <param name="Asked">Accounts whose run was asked for at once and waits, is under way, or is to be tried again.</param>
public sealed record StoredSchedules(IReadOnlySet<AccountId> Jobs, IReadOnlyDictionary<AccountId, StoredNight> Nights, IReadOnlySet<AccountId> Asked);
