using AmoLtv.Core.Identity;
using AmoLtv.Core.Notices;

namespace AmoLtv.Host.Notices;

/// <summary>A notice that has been claimed for delivery.</summary>
/// <param name="Account">The account.</param>
/// <param name="Incident">What it tells.</param>
/// <param name="Channel">Where.</param>
/// <param name="Number">0 the first, then reminders.</param>
/// <param name="Marker">Names it.</param>
/// <param name="Attempts">This one counted.</param>
/// <param name="ClosedAt">When what it tells was over; null while it lasts.</param>
public sealed record StoredNotice(
    AccountId Account, Incident Incident, NoticeChannel Channel, int Number, string Marker, int Attempts, DateTimeOffset? ClosedAt);
