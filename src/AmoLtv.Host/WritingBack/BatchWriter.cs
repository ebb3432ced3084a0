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
/// others are sent again without it; where the CRM does not name it, it is searched for within a few calls. A batch too large for the
/// CRM is halved, and so are the batches after it, until the CRM has kept up for a while.
/// Claim, call, confirm: no transaction is open while the CRM is called. Several batches may be on their way at once.
/// </summary>
internal sealed class BatchWriter(
    AmoCrmClient crm, FieldWriteStore writes, RefusedFields refusals, RunContext run, IReadOnlyDictionary<long, OutputType> types)
{
    private const string LostField = "The field was deleted or its type was changed in the CRM.";

    /// <summary>Calls that a run may spend on searching, beside one for each batch: a CRM that refuses everything is not asked for each card.</summary>
    private const int SearchesInARun = 200;

    /// <summary>So many calls in a row for which the CRM runs out of time are no matter of size: the CRM has trouble.</summary>
    private const int MostUnanswered = 30;

    private readonly Lock _sizing = new();
    private BatchSize _size = BatchSize.Largest;
    private int _allowed = SearchesInARun;
    private int _unanswered;
    private long _written;
    private long _failed;

    /// <summary>Cards in the next batch.</summary>
    public int Size
    {
        get
        {
            lock (_sizing)
            {
                return _size.Limit;
            }
        }
    }

    /// <summary>Fields the CRM confirmed.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Fields that were refused, or of which the CRM did not say in time.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <exception cref="CrmException">The CRM does not answer, or not for this account; the cards count as on their way.</exception>
    public async Task WriteAsync(EntityType entity, IReadOnlyList<PlannedWrite> planned, CancellationToken cancellationToken)
    {
        var cards = planned.GroupBy(write => write.EntityId).Select(card => new Card(card.Key, [.. card])).ToList();
        var search = new FaultSearch<Card>(cards, Math.Max(0, Interlocked.Increment(ref _allowed)));
        var reason = "";
        while (search.TryNext(Size, out var part))
        {
            if (await WithoutLostAsync(entity, part, cancellationToken) is { Count: > 0 } writable)
            {
                reason = await SendAsync(entity, writable, search, cancellationToken) ?? reason;
            }
        }

        Interlocked.Add(ref _allowed, -search.Calls);
        if (search.Left.Count > 0)
        {
            await FailAsync(entity, search.Left, $"The CRM refuses a batch with this card in it and does not say which card it means: {reason}", cancellationToken);
        }
    }

    /// <returns>In words why a part is searched or sent again without those that were named; null where it is not.</returns>
    private async Task<string?> SendAsync(EntityType entity, IReadOnlyList<Card> cards, FaultSearch<Card> search, CancellationToken cancellationToken)
    {
        await writes.MarkSentAsync(run, entity, [.. cards.Select(card => card.Id)], cancellationToken);
        FieldUpdateResult result;
        try
        {
            result = await crm.UpdateFieldsAsync(entity, [.. cards.Select(Update)], cancellationToken);
            Volatile.Write(ref _unanswered, 0);
        }
        catch (CrmException refused) when (refused.Failure is CrmFailure.Invalid or CrmFailure.Unprocessable)
        {
            return await RefusedAsync(entity, cards, refused.Message, search, cancellationToken);
        }
        catch (CrmException late) when (late.Failure == CrmFailure.GatewayTimeout)
        {
            if (Interlocked.Increment(ref _unanswered) > MostUnanswered)
            {
                throw;
            }

            await TooLargeAsync(entity, cards, late, search, cancellationToken);
            return null;
        }

        try
        {
            return await TakeAsync(entity, cards, result, search, cancellationToken);
        }
        catch (RunFencedException)
        {
            // This run was frozen: what its successor made of the batch was known before the batch arrived.
            await writes.DoubtAsync(run, entity, [.. cards.Select(card => card.Id)], CancellationToken.None);
            throw;
        }
    }

    private async Task<string?> RefusedAsync(
        EntityType entity, IReadOnlyList<Card> cards, string reason, FaultSearch<Card> search, CancellationToken cancellationToken)
    {
        if (cards.Count == 1)
        {
            await FailAsync(entity, cards, reason, cancellationToken);
            return null;
        }

        search.Refused(cards);
        return reason;
    }

    private async Task TooLargeAsync(EntityType entity, IReadOnlyList<Card> cards, CrmException late, FaultSearch<Card> search, CancellationToken cancellationToken)
    {
        lock (_sizing)
        {
            _size = _size.After(late.Failure, cards.Count);
        }

        if (cards.Count == 1)
        {
            await writes.LeaveOpenAsync(run, entity, cards[0].Id, late.Message, cancellationToken);
            Refuse(cards[0].Writes.Count);
            return;
        }

        search.TooLarge(cards);
    }

    private async Task<string?> TakeAsync(
        EntityType entity, IReadOnlyList<Card> cards, FieldUpdateResult result, FaultSearch<Card> search, CancellationToken cancellationToken)
    {
        var rest = await ConfirmAsync(entity, cards, result, cancellationToken);
        if (rest.Count == 0)
        {
            return null;
        }

        if (result.Errors.Count == 0)
        {
            // The CRM answered without an error and without these cards: they are in the trash or gone, and nobody said so.
            await FailAsync(entity, rest, "The CRM did not confirm the change: the card is in the trash or gone.", cancellationToken);
            await writes.HaveLookedForAsync(run, entity, [.. rest.Select(card => card.Id)], cancellationToken);
            return null;
        }

        var errors = result.Errors.ToLookup(error => error.EntityId);
        var named = rest.Where(card => errors.Contains(card.Id)).ToList();
        if (named.Count == 0)
        {
            return await RefusedAsync(entity, rest, Words(result.Errors), search, cancellationToken);
        }

        var others = rest.Except(named).ToList();
        foreach (var card in named)
        {
            if (await WithoutRefusedAsync(entity, card, [.. errors[card.Id]], cancellationToken) is { } remaining)
            {
                others.Add(remaining);
            }
        }

        search.Named(others);
        return Words(result.Errors);
    }

    /// <returns>The cards that were not confirmed.</returns>
    private async Task<IReadOnlyList<Card>> ConfirmAsync(
        EntityType entity, IReadOnlyList<Card> cards, FieldUpdateResult result, CancellationToken cancellationToken)
    {
        var confirmed = cards.Where(card => result.Updated.Contains(card.Id)).ToList();
        if (confirmed.Count == 0)
        {
            return cards;
        }

        await writes.ConfirmAsync(run, entity, [.. confirmed.Select(card => card.Id)], cancellationToken);
        var written = confirmed.Sum(card => card.Writes.Count);
        Interlocked.Add(ref _written, written);
        RunTelemetry.FieldsWritten(written);
        Accepted(cards.Count);
        return [.. cards.Except(confirmed)];
    }

    /// <summary>A batch as large as they may be at present tells that larger ones may be tried.</summary>
    private void Accepted(int cards)
    {
        lock (_sizing)
        {
            _size = cards >= _size.Limit ? _size.AfterAccepted() : _size;
        }
    }

    /// <summary>Cards without the fields that turned out to be deleted or retyped; one that has no other is left out.</summary>
    private async Task<IReadOnlyList<Card>> WithoutLostAsync(EntityType entity, IReadOnlyList<Card> cards, CancellationToken cancellationToken)
    {
        var lost = cards.SelectMany(card => card.Writes).Where(write => refusals.IsLost(entity, new FieldId(write.FieldId))).ToHashSet();
        if (lost.Count == 0)
        {
            return cards;
        }

        await writes.FailFieldsAsync(
            run, entity, [.. lost.Select(write => write.EntityId).Distinct()], [.. lost.Select(write => write.FieldId).Distinct()], LostField, cancellationToken);
        Refuse(lost.Count);
        return [.. cards.Select(card => card with { Writes = [.. card.Writes.Where(write => !lost.Contains(write))] }).Where(card => card.Writes.Count > 0)];
    }

    /// <summary>Sets apart the fields of a card that the CRM named; the whole card where it named none.</summary>
    /// <returns>The card with its other fields, null where nothing of it is left.</returns>
    private async Task<Card?> WithoutRefusedAsync(
        EntityType entity, Card card, IReadOnlyList<FieldUpdateError> errors, CancellationToken cancellationToken)
    {
        if (RefusedFields.Places(errors, card.Writes.Count) is not { } places)
        {
            await FailAsync(entity, [card], Words(errors), cancellationToken);
            return null;
        }

        var refused = places.Select(place => card.Writes[place]).ToList();
        await refusals.AskAsync(entity, [.. refused.Select(write => new FieldId(write.FieldId))], cancellationToken);
        var words = refused.TrueForAll(write => refusals.IsLost(entity, new FieldId(write.FieldId))) ? LostField : Words(errors);
        await writes.FailFieldsAsync(run, entity, [card.Id], [.. refused.Select(write => write.FieldId)], words, cancellationToken);
        Refuse(refused.Count);
        var others = card.Writes.Except(refused).ToList();
        return others.Count == 0 ? null : new Card(card.Id, others);
    }

    private async Task FailAsync(EntityType entity, IReadOnlyList<Card> cards, string error, CancellationToken cancellationToken)
    {
        await writes.FailAsync(run, entity, [.. cards.Select(card => card.Id)], error, cancellationToken);
        Refuse(cards.Sum(card => card.Writes.Count));
    }

    private void Refuse(int fields)
    {
        Interlocked.Add(ref _failed, fields);
        RunTelemetry.FieldsRefused(fields);
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
