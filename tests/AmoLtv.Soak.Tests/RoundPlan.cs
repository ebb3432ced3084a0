using System.Globalization;

namespace AmoLtv.Soak;

/// <summary>One disturbed round: a process works, users edit, the connection fails, the process may die.</summary>
/// <param name="At">The request, from 1, or the milliseconds after which it ends, by <paramref name="End"/>.</param>
/// <param name="Moment">Where in the request.</param>
/// <param name="IsAtWrite">Only changes of cards are counted as requests.</param>
/// <param name="Faults">The sandbox's line of faults.</param>
/// <param name="Edits">By users of the CRM, while the process works.</param>
/// <param name="SpreadMs">Real milliseconds over which they are spread.</param>
/// <param name="Pause">Time of the CRM that passes afterwards.</param>
internal sealed record RoundPlan(
    RoundWork Work, RoundEnd End, int At, StopMoment Moment, bool IsAtWrite, string Faults, int Edits, int SpreadMs, TimeSpan Pause)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Work}, ends {End}{(End is RoundEnd.Itself ? "" : $" at {At} {Moment}{(IsAtWrite ? " of writes" : "")}")}; {Edits} edits in {SpreadMs} ms; then {Pause:d\\.hh\\:mm}; faults {Faults}");
}
