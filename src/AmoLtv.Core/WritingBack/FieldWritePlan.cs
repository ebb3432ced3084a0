using AmoLtv.Core.Identity;

namespace AmoLtv.Core.WritingBack;

/// <summary>Which fields of one company or contact have to change. Without a change nothing is written, the time neither.</summary>
public static class FieldWritePlan
{
    /// <param name="fields">The fields of this kind of card.</param>
    /// <param name="customer">Its numbers; null for one that never bought: its fields are emptied.</param>
    /// <param name="held">What the CRM holds; a field that is missing is empty.</param>
    /// <param name="account">What the texts depend on.</param>
    public static IReadOnlyList<FieldDifference> Differences(
        IReadOnlyList<TargetField> fields, CustomerOutputs? customer, IReadOnlyDictionary<FieldId, string> held, OutputAccount account)
    {
        List<FieldDifference>? differences = null;
        foreach (var field in fields)
        {
            if (!field.Output.IsCompanion && Difference(field, customer, held, account) is { } difference)
            {
                (differences ??= []).Add(difference);
            }
        }

        if (differences is null)
        {
            return [];
        }

        foreach (var companion in fields)
        {
            if (companion.Output.IsCompanion && Difference(companion, customer, held, account) is { } difference)
            {
                differences.Add(difference);
            }
        }

        return differences;
    }

    private static FieldDifference? Difference(
        TargetField field, CustomerOutputs? customer, IReadOnlyDictionary<FieldId, string> held, OutputAccount account)
    {
        var before = held.GetValueOrDefault(field.Field);
        var after = OutputText.Of(field.Output, customer, account);
        return OutputText.IsSame(field.Output.Type, after, before, account.Zone) ? null : new FieldDifference(field, before, after);
    }
}
