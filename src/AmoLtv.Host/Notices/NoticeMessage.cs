using AmoLtv.Core.Identity;
using AmoLtv.Core.Notices;

namespace AmoLtv.Host.Notices;

/// <summary>A notice as it is told.</summary>
/// <param name="Account">The account.</param>
/// <param name="Kind">What happened.</param>
/// <param name="OpenedAt">When it was noticed.</param>
/// <param name="Number">0 the first, then reminders.</param>
/// <param name="Marker">Names the notice: a receiver knows a repeat by it.</param>
/// <param name="Title">One line.</param>
/// <param name="Body">What happened and what to do.</param>
public sealed record NoticeMessage(
    AccountId Account, IncidentKind Kind, DateTimeOffset OpenedAt, int Number, string Marker, string Title, string Body);
