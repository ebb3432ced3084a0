using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;

namespace AmoLtv.Host.Syncing;

/// <summary>Reads the events that tell what times of change do not.</summary>
internal sealed partial class EventReading(CardReading cards, ChangeWindow window, ILogger logger)
{
    private readonly List<ChangeEvent> _found = [];

    public IReadOnlyList<ChangeEvent> Found => _found;

    /// <summary>The newest event seen, null where there was none.</summary>
    public DateTimeOffset? Newest { get; private set; }

    /// <param name="readLeads">Leads that were read by their time of change.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>False where the CRM does not show what was deleted.</returns>
    public async Task<bool> ReadAsync(IReadOnlyDictionary<long, LeadTimes> readLeads, CancellationToken cancellationToken)
    {
        var isShown = await TryReadAsync(ChangeEvents.OfCards, [], static _ => false, cancellationToken);
        if (!isShown)
        {
            return false;
        }

        await TryReadAsync(ChangeEvents.OfClients, [EntityType.Company, EntityType.Contact], static _ => false, cancellationToken);
        await TryReadAsync(ChangeEvents.OfLeads, [EntityType.Lead], links => ChangeEvents.ShowThatLinksMoveLeads(links, readLeads), cancellationToken);
        foreach (var entity in (EntityType[])[EntityType.Company, EntityType.Contact])
        {
            foreach (var field in cards.Fields[entity].Used)
            {
                await TryReadAsync([ChangeEvents.FieldType(field)], [entity], static _ => false, cancellationToken);
            }
        }

        return true;
    }

    /// <summary>Whether cards of any kind went from the lists: those behind them moved up, to pages that may have been read already.</summary>
    /// <returns>Null where the CRM does not show what was deleted.</returns>
    public async Task<bool?> HasShiftedAsync(CancellationToken cancellationToken) =>
        await TryReadAsync(ChangeEvents.OfCards, [], ChangeEvents.HasShifted, cancellationToken) ? ChangeEvents.HasShifted(_found) : null;

    /// <summary>A CRM that does not know the filter answers with all types: each event is looked at.</summary>
    private async Task<bool> TryReadAsync(
        IReadOnlyList<string> types, IReadOnlyList<EntityType> entities, Func<IReadOnlyList<ChangeEvent>, bool> isEnough, CancellationToken cancellationToken)
    {
        var ofTypes = new List<ChangeEvent>();
        try
        {
            await foreach (var page in cards.Client.ReadEventsAsync(types, entities, window, cancellationToken))
            {
                cards.Report("events", page);
                ofTypes.AddRange(page.Rows.Where(happened => IsWanted(happened, types, entities)));
                foreach (var happened in page.Rows.Where(happened => Newest is null || happened.At > Newest))
                {
                    Newest = happened.At;
                }

                if (isEnough(ofTypes))
                {
                    break;
                }
            }

            return true;
        }
        catch (CrmException refusal) when (refusal is { Failure: CrmFailure.Forbidden or CrmFailure.PaymentRequired or CrmFailure.Invalid, IsFromApi: true })
        {
            Log.Refused(logger, cards.Run.Account, types[0], refusal.Message);
            return false;
        }
        finally
        {
            _found.AddRange(ofTypes);
        }
    }

    /// <summary>The CRM writes a change of one field as that of any field in the answer.</summary>
    private bool IsWanted(ChangeEvent happened, IReadOnlyList<string> types, IReadOnlyList<EntityType> entities) =>
        window.Holds(happened.At)
        && (entities.Count == 0 || (happened.Entity is { } entity && entities.Contains(entity)))
        && (types.Contains(happened.Type) || (types.Count == 1 && happened.Type.StartsWith("custom_field_", StringComparison.Ordinal)));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Account {Account}: the CRM does not show events of the type {Type} ({Reason}); the weekly scan finds what they would tell.")]
        public static partial void Refused(ILogger logger, AccountId account, string type, string reason);
    }
}
