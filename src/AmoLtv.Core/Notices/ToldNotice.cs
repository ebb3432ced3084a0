namespace AmoLtv.Core.Notices;

/// <summary>A notice that was stored before, whatever became of it.</summary>
/// <param name="Kind">What it told.</param>
/// <param name="OpenedAt">Of which incident.</param>
/// <param name="Channel">Where.</param>
/// <param name="Number">0 the first, then reminders.</param>
/// <param name="StoredAt">When it was sent, is to be sent, or was given up.</param>
/// <param name="IsFailed">Whether it was given up: nobody has seen it.</param>
public sealed record ToldNotice(IncidentKind Kind, DateTimeOffset OpenedAt, NoticeChannel Channel, int Number, DateTimeOffset StoredAt, bool IsFailed = false);
