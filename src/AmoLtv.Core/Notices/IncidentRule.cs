using System.Globalization;

namespace AmoLtv.Core.Notices;

/// <summary>Which incidents an account's condition means.</summary>
public static class IncidentRule
{
    /// <summary>The incidents there should be, with their reasons: others are over.</summary>
    public static IReadOnlyDictionary<IncidentKind, string> Present(AccountCondition condition)
    {
        var present = new Dictionary<IncidentKind, string>();
        if (condition.ConnectionLoss is { } loss)
        {
            // A night without a connection cannot but fail: that is one incident, not two.
            present[IncidentKind.ConnectionLost] = loss;
        }
        else if (condition.NightFailure is { } failure)
        {
            present[IncidentKind.NightFailed] = failure;
        }

        if (condition.FieldsOff.Count > 0)
        {
            present[IncidentKind.FieldOff] = string.Join(", ", condition.FieldsOff);
        }

        if (condition.Conflicts > 0)
        {
            present[IncidentKind.FieldConflict] = condition.Conflicts.ToString(CultureInfo.InvariantCulture);
        }

        return present;
    }
}
