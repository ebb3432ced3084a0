namespace AmoLtv.Core.Notices;

/// <summary>A notice that has to be told now.</summary>
/// <param name="Incident">What it tells.</param>
/// <param name="Channel">Where.</param>
/// <param name="Number">0 the first, then reminders.</param>
public sealed record DueNotice(Incident Incident, NoticeChannel Channel, int Number);
