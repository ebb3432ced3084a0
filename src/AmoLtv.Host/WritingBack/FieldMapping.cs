using AmoLtv.AmoCrm.Fields;
using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Settings;

namespace AmoLtv.Host.WritingBack;

/// <summary>Lets a number go into a custom field the account already has, where its type fits.</summary>
public sealed class FieldMapping(FieldTurn turn, OutputFieldStore outputs, SettingsStore settings, CrmConnections connections)
{
    /// <summary>Fields of the CRM that a number could be mapped to, for the admin to choose from.</summary>
    public async Task<IReadOnlyList<CrmCustomField>> ListFittingAsync(
        AccountId account, EntityType entity, OutputField output, CancellationToken cancellationToken)
    {
        var crm = await connections.OpenAsync(account, cancellationToken);
        var used = (await settings.GetAsync(account, cancellationToken)).Settings.UsedFieldIds(entity);
        return [.. (await crm.GetCustomFieldsAsync(entity, cancellationToken))
            .Where(field => FieldFit.Fits(output.Type, field.Type) && !used.Contains(field.Id))];
    }

    /// <summary>The number goes into this field once a whole sync has read what stands there, which is kept as "before".</summary>
    /// <exception cref="CommandFailedException">
    /// The CRM has no such field, its type does not fit, the numbers are computed from it, or another number goes into it.
    /// </exception>
    public Task<FieldChoice> MapAsync(AccountId account, EntityType entity, string name, FieldId field, CancellationToken cancellationToken) =>
        MapAsync(account, entity, name, field, witness: null, cancellationToken);

    /// <inheritdoc cref="MapAsync(AccountId, EntityType, string, FieldId, CancellationToken)"/>
    /// <param name="account">The account.</param>
    /// <param name="entity">Kind of card.</param>
    /// <param name="name">Of the number.</param>
    /// <param name="field">The field.</param>
    /// <param name="witness">Sees it; null: nobody.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<FieldChoice> MapAsync(
        AccountId account, EntityType entity, string name, FieldId field, TurnWitness? witness, CancellationToken cancellationToken) =>
        turn.TakeAsync(account, witness, () => MapInTurnAsync(account, entity, name, field, cancellationToken), cancellationToken);

    private async Task<FieldChoice> MapInTurnAsync(
        AccountId account, EntityType entity, string name, FieldId field, CancellationToken cancellationToken)
    {
        var output = OutputFields.Of(entity).FirstOrDefault(output => output.Output == name)
            ?? throw new CommandFailedException(
                $"'{name}' is no number that {CardWords.Of(entity)} can carry; one of {string.Join(", ", OutputFields.Of(entity).Select(output => output.Output))}.");
        var crm = await connections.OpenAsync(account, cancellationToken);
        var found = (await crm.GetCustomFieldsAsync(entity, cancellationToken)).FirstOrDefault(existing => existing.Id == field)
            ?? throw new CommandFailedException($"The {CardWords.Of(entity)} of account {account} have no custom field {field}.");
        if (!FieldFit.Fits(output.Type, found.Type))
        {
            throw new CommandFailedException(
                $"The field '{found.Name}' (number {field}) is of type {found.Type}; {name} needs a field of type {string.Join(" or ", FieldFit.Allowed(output.Type))}.");
        }

        await RefuseUsedAsync(account, entity, output, found, cancellationToken);
        var isRead = (await outputs.ListReadAsync(account, cancellationToken)).Contains((entity, field));
        var choice = new FieldChoice(entity, output, found.Name, found, IsKnown: false, isRead);
        await outputs.SaveAsync(account, [choice], cancellationToken);
        return choice;
    }

    private async Task RefuseUsedAsync(
        AccountId account, EntityType entity, OutputField output, CrmCustomField found, CancellationToken cancellationToken)
    {
        if ((await settings.GetAsync(account, cancellationToken)).Settings.UsedFieldIds(entity).Contains(found.Id))
        {
            throw new CommandFailedException(
                $"The numbers are computed from the field '{found.Name}' (number {found.Id}): what is written into it would change them.");
        }

        if ((await outputs.ListAllAsync(account, cancellationToken))
            .FirstOrDefault(row => row.Entity == entity && row.Field == found.Id && row.Output != output && row.IsChosen) is { } other)
        {
            throw new CommandFailedException($"{other.Output.Output} already goes into the field '{found.Name}' (number {found.Id}).");
        }
    }
}
