namespace AmoLtv.Core.WritingBack;

/// <summary>Takes back what a run wrote, and nothing that came later.</summary>
public static class UndoRule
{
    /// <param name="type">Kind of the field.</param>
    /// <param name="before">What stood there before the run.</param>
    /// <param name="after">What the run wrote.</param>
    /// <param name="now">What stands there.</param>
    /// <param name="zone">The account's time zone, in which days are cut.</param>
    public static UndoVerdict Judge(OutputType type, string? before, string? after, string? now, TimeZoneInfo zone)
    {
        if (ConflictRule.IsKept(type, after, now, zone))
        {
            return UndoVerdict.Restore;
        }

        return OutputText.IsSame(type, before, now, zone) ? UndoVerdict.IsRestored : UndoVerdict.LeaveAlone;
    }
}
