using System.Globalization;
using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.Fields;
using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;

namespace AmoLtv.Host.WritingBack;

/// <summary>
/// Finds fields that somebody deleted or retyped in the CRM and switches them off: told once, and no later run is the
/// worse for it until the admin enables them again.
/// </summary>
public sealed class FieldWatch(OutputFieldStore outputs)
{
    /// <summary>Switches off what the last sync found deleted or retyped.</summary>
    /// <returns>The fields that have just been switched off.</returns>
    public async Task<IReadOnlyList<OutputFieldRow>> CheckAsync(AccountId account, CancellationToken cancellationToken)
    {
        var lost = (await outputs.ListAllAsync(account, cancellationToken)).Where(row => row is { IsOn: true, Trouble: not null }).ToList();
        return await SwitchOffAsync(account, [.. lost.Select(row => row with { OffReason = row.Trouble })], cancellationToken);
    }

    /// <summary>Asks the CRM about fields it has just refused, and switches off those that are deleted or retyped.</summary>
    /// <returns>The fields that have just been switched off; the others were refused for another reason.</returns>
    public async Task<IReadOnlyList<OutputFieldRow>> CheckAsync(
        AmoCrmClient crm, AccountId account, EntityType entity, IReadOnlySet<FieldId> refused, CancellationToken cancellationToken)
    {
        var rows = (await outputs.ListAllAsync(account, cancellationToken))
            .Where(row => row.IsOn && row.Entity == entity && refused.Contains(row.Field))
            .ToList();
        if (rows.Count == 0)
        {
            return [];
        }

        var existing = (await crm.GetCustomFieldsAsync(entity, cancellationToken)).ToDictionary(field => field.Id);
        var lost = rows
            .Select(row => row with { OffReason = Reason(row, existing.GetValueOrDefault(row.Field)) })
            .Where(row => row.OffReason is not null)
            .ToList();
        return await SwitchOffAsync(account, lost, cancellationToken);
    }

    /// <summary>What became of the fields, in words for the admin; empty where there are none.</summary>
    public static string Words(AccountId account, IReadOnlyList<OutputFieldRow> lost, bool isEnglish)
    {
        if (lost.Count == 0)
        {
            return "";
        }

        var sentences = lost.GroupBy(row => row.OffReason).Select(rows => string.Create(
            CultureInfo.InvariantCulture,
            $"{(rows.Key == OutputFieldStore.Retyped ? "Somebody changed the type of these custom fields" : "The CRM no longer has these custom fields")}: {Names(rows)}."));
        return string.Join(' ', sentences)
            + $" They are switched off, the others are written; nothing is written into them until amoltv write-back --account {account} --enable has made them again.";

        string Names(IEnumerable<OutputFieldRow> rows) => string.Join(", ", rows.Select(row =>
            $"'{(isEnglish ? row.Output.EnglishName : row.Output.RussianName)}' ({CardWords.Of(row.Entity)}, number {row.Field})"));
    }

    private static string? Reason(OutputFieldRow row, CrmCustomField? field) =>
        field is null ? OutputFieldStore.Deleted : FieldFit.Fits(row.Output.Type, field.Type) ? null : OutputFieldStore.Retyped;

    private async Task<IReadOnlyList<OutputFieldRow>> SwitchOffAsync(
        AccountId account, IReadOnlyList<OutputFieldRow> lost, CancellationToken cancellationToken)
    {
        foreach (var rows in lost.GroupBy(row => row.OffReason!))
        {
            await outputs.SwitchOffAsync(account, [.. rows.Select(row => (row.Entity, row.Output.Output))], rows.Key, cancellationToken);
        }

        return lost;
    }
}
