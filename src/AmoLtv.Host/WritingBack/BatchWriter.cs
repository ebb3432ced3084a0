using System.Globalization;
using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.Fields;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.WritingBack;

/// <summary>
/// Sends batches of cards and keeps what became of each. A field or a card the CRM refuses is set apart and reported, the
/// others are sent again without it; a batch too large for the CRM is halved, and so are the batches after it.
/// Claim, call, confirm: no transaction is open while the CRM is called. Several batches may be on their way at once.
/// </summary>
internal sealed class BatchWriter(
    AmoCrmClient crm, FieldWriteStore writes, RefusedFields refusals, RunContext run, IReadOnlyDictionary<long, OutputType> types)
{
    private const string LostField = "The field was deleted or its type was changed in the CRM.";

    private int _size = AmoCrmClient.BatchSize;
    private long _written;
    private long _failed;

    /// <summary>Cards in the next batch.</summary>
    public int Size => Volatile.Read(ref _size);

    /// <summary>Fields the CRM confirmed.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Fields that were refused.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    public async Task WriteAsync(EntityType entity, IReadOnlyList<PlannedWrite> planned, CancellationToken cancellationToken)
    {
        var gone = await refusals.LostOfAsync(entity, cancellationToken);
        var writable = planned.Where(write => !gone.Contains(write.FieldId)).ToList();
        if (writable.Count < planned.Count)
        {
            var lost = planned.Except(writable).ToList();
            await writes.FailFieldsAsync(
                run, entity, [.. lost.Select(write => write.EntityId).Distinct()], [.. lost.Select(write => write.FieldId).Distinct()], LostField, cancellationToken);
            Interlocked.Add(ref _failed, lost.Count);
        }

        var cards = writable.GroupBy(write => write.EntityId).Select(card => new Card(card.Key, [.. card])).ToList();
        await SendAsync(entity, cards, cancellationToken);
    }

    private async Task SendAsync(EntityType entity, IReadOnlyList<Card> cards, CancellationToken cancellationToken)
    {
        if (cards.Count == 0)
        {
            return;
        }

        await writes.MarkSentAsync(run, entity, [.. cards.Select(card => card.Id)], cancellationToken);
        FieldUpdateResult result;
        try
        {
            result = await crm.UpdateFieldsAsync(entity, [.. cards.Select(Update)], cancellationToken);
        }
        catch (CrmException refused) when (refused.Failure is CrmFailure.GatewayTimeout or CrmFailure.Invalid or CrmFailure.Unprocessable)
        {
            await SplitAsync(entity, cards, refused, cancellationToken);
            return;
        }

        try
        {
            await TakeAsync(entity, cards, result, cancellationToken);
        }
        catch (RunFencedException)
        {
            // This run was frozen: what its successor made of the batch was known before the batch arrived.
            await writes.DoubtAsync(run, entity, [.. cards.Select(card => card.Id)], CancellationToken.None);
            throw;
        }
    }

    private async Task SplitAsync(EntityType entity, IReadOnlyList<Card> cards, CrmException refused, CancellationToken cancellationToken)
    {
        if (cards.Count == 1)
        {
            await FailAsync(entity, cards[0], refused.Message, cancellationToken);
            return;
        }

        var half = (cards.Count + 1) / 2;
        if (refused.Failure == CrmFailure.GatewayTimeout)
        {
            ShrinkTo(half);
        }

        await SendAsync(entity, [.. cards.Take(half)], cancellationToken);
        await SendAsync(entity, [.. cards.Skip(half)], cancellationToken);
    }

    private async Task TakeAsync(EntityType entity, IReadOnlyList<Card> cards, FieldUpdateResult result, CancellationToken cancellationToken)
    {
        var errors = result.Errors.ToLookup(error => error.EntityId);
        var confirmed = cards.Where(card => result.Updated.Contains(card.Id)).ToList();
        if (confirmed.Count > 0)
        {
            await writes.ConfirmAsync(run, entity, [.. confirmed.Select(card => card.Id)], cancellationToken);
            Interlocked.Add(ref _written, confirmed.Sum(card => card.Writes.Count));
        }

        var rest = cards.Except(confirmed).ToList();
        var named = rest.Where(card => errors.Contains(card.Id)).ToList();
        var mended = new List<Card>();
        foreach (var card in named)
        {
            if (await WithoutRefusedAsync(entity, card, [.. errors[card.Id]], cancellationToken) is { } remaining)
            {
                mended.Add(remaining);
            }
        }

        await AgainAsync(entity, [.. rest.Except(named), .. mended], named.Count > 0, result.Errors, cancellationToken);
    }

    /// <summary>Sets apart the fields of a card that the CRM named; the whole card where it named none.</summary>
    /// <returns>The card with its other fields, null where nothing of it is left.</returns>
    private async Task<Card?> WithoutRefusedAsync(
        EntityType entity, Card card, IReadOnlyList<FieldUpdateError> errors, CancellationToken cancellationToken)
    {
        if (RefusedFields.Places(errors, card.Writes.Count) is not { } places)
        {
            await FailAsync(entity, card, Words(errors), cancellationToken);
            return null;
        }

        var refused = places.Select(place => card.Writes[place]).ToList();
        await refusals.AskAsync(entity, [.. refused.Select(write => new FieldId(write.FieldId))], cancellationToken);
        var gone = await refusals.LostOfAsync(entity, cancellationToken);
        var words = refused.TrueForAll(write => gone.Contains(write.FieldId)) ? LostField : Words(errors);
        await writes.FailFieldsAsync(run, entity, [card.Id], [.. refused.Select(write => write.FieldId)], words, cancellationToken);
        Interlocked.Add(ref _failed, refused.Count);
        var others = card.Writes.Except(refused).ToList();
        return others.Count == 0 ? null : new Card(card.Id, others);
    }

    private void ShrinkTo(int size)
    {
        int held;
        while (size < (held = Volatile.Read(ref _size)))
        {
            Interlocked.CompareExchange(ref _size, size, held);
        }
    }

    /// <summary>Cards that were neither confirmed nor named as wrong.</summary>
    private async Task AgainAsync(
        EntityType entity, IReadOnlyList<Card> cards, bool othersWereNamed, IReadOnlyList<FieldUpdateError> errors, CancellationToken cancellationToken)
    {
        if (cards.Count == 0)
        {
            return;
        }

        if (othersWereNamed)
        {
            await SendAsync(entity, cards, cancellationToken);
        }
        else if (errors.Count > 0)
        {
            await SplitAsync(entity, cards, new CrmException(CrmFailure.Invalid, "Writing custom fields", Words(errors)), cancellationToken);
        }
        else
        {
            // The CRM answered without an error and without these cards: they are in the trash or gone, and nobody said so.
            foreach (var card in cards)
            {
                await FailAsync(entity, card, "The CRM did not confirm the change: the card is in the trash or gone.", cancellationToken);
            }

            await writes.HaveLookedForAsync(run, entity, [.. cards.Select(card => card.Id)], cancellationToken);
        }
    }

    private async Task FailAsync(EntityType entity, Card card, string error, CancellationToken cancellationToken)
    {
        await writes.FailAsync(run, entity, card.Id, error, cancellationToken);
        Interlocked.Add(ref _failed, card.Writes.Count);
    }

    private FieldUpdate Update(Card card) => new(card.Id, [.. card.Writes.Select(write => new FieldValue(
        new FieldId(write.FieldId),
        write.After,
        types[write.FieldId] is OutputType.Date or OutputType.DateTime ? FieldValueKind.UnixTime : FieldValueKind.Text))]);

    private static string Words(IEnumerable<FieldUpdateError> errors) => string.Join("; ", errors
        .Select(error => string.Create(CultureInfo.InvariantCulture, $"{error.Detail} ({error.Code} at {error.Path})"))
        .Distinct()
        .Take(3));

    private sealed record Card(long Id, IReadOnlyList<PlannedWrite> Writes);
}
