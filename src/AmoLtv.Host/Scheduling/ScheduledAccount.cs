using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Scheduling;

/// <summary>What of an account its schedule depends on.</summary>
/// <param name="Id">The account.</param>
/// <param name="Zone">Its time zone.</param>
/// <param name="Time">Local time of its night, of the newest settings; null where they cannot be read: the night stays as it is.</param>
/// <param name="HeldUntil">Nights until then are held, or are nobody's to hold: the latest that was taken up, the connection, or the newest settings.</param>
/// <param name="HasRun">Whether any run was begun since its connection works, the first time or again.</param>
/// <param name="LastRun">What the latest night that was finished took; null: there was none.</param>
public sealed record ScheduledAccount(AccountId Id, TimeZoneInfo Zone, TimeOnly? Time, DateTimeOffset HeldUntil, bool HasRun, TimeSpan? LastRun);
