using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.Fields;
using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Installing;

namespace AmoLtv.Host.WritingBack;

/// <summary>
/// The explicit step that lets the service write: custom fields are found by stored id, then by code, and only those
/// missing are created. Safe to repeat, also after it was killed between creating and storing.
/// </summary>
public sealed class WriteBackEnabling(FieldTurn turn, OutputFieldStore outputs, WriteBackSettingsStore settings, CrmConnections connections)
{
    /// <summary>What enabling would do, field by field; nothing is changed.</summary>
    /// <exception cref="CommandFailedException">A field of our code exists and has another type.</exception>
    public Task<IReadOnlyList<FieldChoice>> PreviewAsync(AccountId account, CancellationToken cancellationToken) =>
        PreviewAsync(account, FieldSelection.AsBefore, cancellationToken);

    /// <inheritdoc cref="PreviewAsync(AccountId, CancellationToken)"/>
    /// <param name="account">The account.</param>
    /// <param name="selection">Which numbers are wanted.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<FieldChoice>> PreviewAsync(AccountId account, FieldSelection selection, CancellationToken cancellationToken) =>
        await ChooseAsync(await connections.OpenAsync(account, cancellationToken), account, selection, cancellationToken);

    /// <summary>
    /// Creates what is missing and remembers the fields: from now on runs write. Fields that were there before may hold values no sync has
    /// stored: a whole sync reads them first, so that only differences are written and each can be taken back.
    /// </summary>
    /// <returns>The fields, all of them found.</returns>
    public Task<IReadOnlyList<FieldChoice>> EnableAsync(AccountId account, CancellationToken cancellationToken) =>
        EnableAsync(account, FieldSelection.AsBefore, cancellationToken);

    /// <inheritdoc cref="EnableAsync(AccountId, CancellationToken)"/>
    /// <param name="account">The account.</param>
    /// <param name="selection">Which numbers are wanted; those that are not are switched off, what they hold stays.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<IReadOnlyList<FieldChoice>> EnableAsync(AccountId account, FieldSelection selection, CancellationToken cancellationToken) =>
        EnableAsync(account, selection, witness: null, cancellationToken);

    /// <inheritdoc cref="EnableAsync(AccountId, FieldSelection, CancellationToken)"/>
    /// <param name="account">The account.</param>
    /// <param name="selection">Which numbers are wanted.</param>
    /// <param name="witness">Sees it; null: nobody.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<IReadOnlyList<FieldChoice>> EnableAsync(
        AccountId account, FieldSelection selection, TurnWitness? witness, CancellationToken cancellationToken) =>
        turn.TakeAsync(account, witness, () => EnableInTurnAsync(account, selection, cancellationToken), cancellationToken);

    private async Task<IReadOnlyList<FieldChoice>> EnableInTurnAsync(AccountId account, FieldSelection selection, CancellationToken cancellationToken)
    {
        var crm = await connections.OpenAsync(account, cancellationToken);
        var before = await outputs.ListAllAsync(account, cancellationToken);
        var choices = await ChooseAsync(crm, account, selection, cancellationToken);
        var complete = new List<FieldChoice>();
        foreach (var entity in OutputFieldStore.Entities)
        {
            complete.AddRange(await CompleteAsync(crm, entity, [.. choices.Where(choice => choice.Entity == entity)], cancellationToken));
        }

        await outputs.SaveAsync(account, complete, cancellationToken);
        var isLess = await SwitchOffOthersAsync(account, complete, cancellationToken);
        if (!isLess || !complete.TrueForAll(choice => before.Any(row => row.IsChosen && row.Is(choice))))
        {
            // Whoever only switches a number off after an undo does not ask for what was taken back to be written again.
            await settings.ResumeAsync(account, cancellationToken);
        }

        return complete;
    }

    /// <returns>Whether there were any.</returns>
    private async Task<bool> SwitchOffOthersAsync(AccountId account, List<FieldChoice> wanted, CancellationToken cancellationToken)
    {
        var others = (await outputs.ListAllAsync(account, cancellationToken))
            .Where(row => row.IsChosen && !wanted.Exists(row.Is))
            .Select(row => (row.Entity, row.Output.Output))
            .ToList();
        if (others.Count > 0)
        {
            await outputs.SwitchOffAsync(account, others, OutputFieldStore.ByAdmin, cancellationToken);
        }

        return others.Count > 0;
    }

    private async Task<IReadOnlyList<FieldChoice>> ChooseAsync(
        AmoCrmClient crm, AccountId account, FieldSelection selection, CancellationToken cancellationToken)
    {
        var stored = await outputs.ListAllAsync(account, cancellationToken);
        var read = await outputs.ListReadAsync(account, cancellationToken);
        var isEnglish = await outputs.IsEnglishAsync(account, cancellationToken);
        var choices = new List<FieldChoice>();
        foreach (var entity in OutputFieldStore.Entities)
        {
            if (selection.Wanted(entity, stored) is { Count: > 0 } wanted)
            {
                var existing = await crm.GetCustomFieldsAsync(entity, cancellationToken);
                choices.AddRange(wanted.Select(output => Choose(
                    entity, output, isEnglish, existing, stored.FirstOrDefault(row => row.Entity == entity && row.Output == output), read)));
            }
        }

        return choices;
    }

    private static FieldChoice Choose(
        EntityType entity, OutputField output, bool isEnglish, IReadOnlyList<CrmCustomField> existing, OutputFieldRow? known,
        IReadOnlySet<(EntityType Entity, FieldId Field)> read)
    {
        var byId = known is null ? null : existing.FirstOrDefault(field => field.Id == known.Field);
        var found = byId ?? existing.FirstOrDefault(field => string.Equals(field.Code, output.Code, StringComparison.OrdinalIgnoreCase));
        if (found is not null && !FieldFit.Fits(output.Type, found.Type))
        {
            throw new CommandFailedException(
                $"The field '{found.Name}' ({output.Code}, number {found.Id}) is of type {found.Type}, not {FieldFit.Created(output.Type)}. "
                + "Delete it in the CRM or change its code, then repeat; or map the number to another field: amoltv write-back map.");
        }

        var isKnown = byId is not null && known!.IsOn;
        return new FieldChoice(
            entity, output, found?.Name ?? (isEnglish ? output.EnglishName : output.RussianName), found, isKnown,
            found is null || isKnown || read.Contains((entity, found.Id)));
    }

    private static async Task<IReadOnlyList<FieldChoice>> CompleteAsync(
        AmoCrmClient crm, EntityType entity, IReadOnlyList<FieldChoice> choices, CancellationToken cancellationToken)
    {
        var missing = choices.Where(choice => choice.Found is null).ToList();
        if (missing.Count == 0)
        {
            return choices;
        }

        var created = await crm.CreateCustomFieldsAsync(entity, [.. missing.Select(New)], cancellationToken);
        var byCode = created.ToDictionary(field => field.Code ?? "", StringComparer.OrdinalIgnoreCase);
        return [.. choices.Select(choice => choice.Found is not null ? choice : choice with
        {
            Found = byCode.GetValueOrDefault(choice.Output.Code)
                ?? throw new CommandFailedException($"The CRM did not confirm the new field {choice.Output.Code}. Repeat the command: what exists is found."),
        })];
    }

    private static NewCustomField New(FieldChoice choice) => new(choice.Name, choice.Output.Code, FieldFit.Created(choice.Output.Type));
}
