using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.Tasks;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Tasks;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.Tasks;

/// <summary>Creates waiting tasks in the CRM, within the day's cap, and finds out what became of those that were on their way.</summary>
public sealed class TaskSending(TaskStore store, TimeProvider time)
{
    private static readonly TimeOnly EndOfWork = new(18, 0);

    /// <summary>Tasks an earlier run had sent when it ended: the CRM's tasks of the card say whether they arrived.</summary>
    public async Task SettleAsync(RunContext run, Lazy<Task<AmoCrmClient>> crm, CancellationToken cancellationToken)
    {
        foreach (var card in (await store.ListAsync(run.Account, TaskStore.Sending, cancellationToken)).GroupBy(task => (task.Entity, task.Customer.Id)))
        {
            var held = new List<CrmTask>();
            await foreach (var page in (await crm.Value).ReadTasksAsync(TaskFilter.OfCard(card.Key.Entity, card.Key.Id), cancellationToken))
            {
                held.AddRange(page.Rows.Where(task => task.Entity == card.Key.Entity && task.EntityId == card.Key.Id));
            }

            foreach (var task in card)
            {
                if (held.Find(one => TaskMarker.IsIn(one.Text, task.Marker)) is { } arrived)
                {
                    await store.ConfirmAsync(run, [(task, arrived.Id)], cancellationToken);
                }
                else
                {
                    await store.MarkAsync(run, [task], TaskStore.Waiting, null, null, cancellationToken);
                }
            }
        }
    }

    /// <returns>How many were created, refused by the CRM, and dropped as no news any more.</returns>
    public async Task<(int Created, int Failed, int Dropped)> SendAsync(
        RunContext run, Lazy<Task<AmoCrmClient>> crm, TaskAccount account, TaskSettings settings, IReadOnlyDictionary<string, string> tierNames,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var waiting = await store.ListAsync(run.Account, TaskStore.Waiting, cancellationToken);
        var standing = waiting.Where(task => Stands(task, now)).ToList();
        var stale = waiting.Except(standing).ToList();
        await store.MarkAsync(run, stale, TaskStore.Dropped, null, "It was no news any more.", cancellationToken);
        var room = settings.DailyCap - await store.CountSentAsync(run.Account, Midnight(now, account.Zone), cancellationToken);
        var (created, failed) = (0, 0);
        foreach (var batch in standing.Take(Math.Max(0, room)).Chunk(AmoCrmClient.BatchSize))
        {
            var (batchCreated, batchFailed) = await SendAsync(
                run, await crm.Value, batch, [.. batch.Select(task => New(task, account, settings, tierNames, now))], now, cancellationToken);
            created += batchCreated;
            failed += batchFailed;
        }

        return (created, failed, stale.Count);
    }

    private async Task<(int Created, int Failed)> SendAsync(
        RunContext run, AmoCrmClient crm, StoredTask[] batch, IReadOnlyList<NewTask> tasks, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await store.MarkAsync(run, batch, TaskStore.Sending, now, null, cancellationToken);
        TaskCreation creation;
        try
        {
            creation = await crm.CreateTasksAsync(tasks, cancellationToken);
        }
        catch (CrmException refused) when (IsCertain(refused.Failure))
        {
            // Nothing was created: it is tried again by the next run, whatever the reason for the refusal.
            await store.MarkAsync(run, batch, TaskStore.Waiting, null, null, cancellationToken);
            throw;
        }

        var arrived = batch.Where(task => creation.Created.ContainsKey(task.Marker)).Select(task => (task, creation.Created[task.Marker])).ToList();
        await store.ConfirmAsync(run, arrived, cancellationToken);
        var failed = 0;
        foreach (var task in batch.Where(task => creation.Errors.ContainsKey(task.Marker) || (batch.Length == 1 && creation.Errors.ContainsKey(""))))
        {
            await store.MarkAsync(run, [task], TaskStore.Failed, null, creation.Errors.GetValueOrDefault(task.Marker) ?? creation.Errors[""], cancellationToken);
            failed++;
        }

        // Whoever is neither created nor named stays on its way: whether it arrived is asked of the CRM before it is sent again.
        return (arrived.Count, failed);
    }

    /// <summary>Whether a failure says for sure that nothing was created.</summary>
    private static bool IsCertain(CrmFailure failure) => failure is
        CrmFailure.Invalid or CrmFailure.Unprocessable or CrmFailure.Unauthorized or CrmFailure.PaymentRequired or CrmFailure.Forbidden
        or CrmFailure.NotFound or CrmFailure.Throttled;

    private static bool Stands(StoredTask task, DateTimeOffset now) =>
        task is { Now: { } state, Responsible: not null } && TaskRule.Stands(task.Kind, task.To, task.Key, state, (now - task.FoundAt).TotalDays);

    private static NewTask New(
        StoredTask task, TaskAccount account, TaskSettings settings, IReadOnlyDictionary<string, string> tierNames, DateTimeOffset now)
    {
        var text = TaskText.Of(
            task.Kind,
            TaskText.Segment(task.Kind, task.From, tierNames, account.IsEnglish),
            TaskText.Segment(task.Kind, task.To, tierNames, account.IsEnglish),
            task.Value, account.Currency, task.Now!.LastPurchase, account.IsEnglish, task.Marker);
        return new NewTask(task.Marker, text, Due(now, account.Zone, settings.DueDays), task.Responsible!.Value, task.Entity, task.Customer.Id);
    }

    /// <summary>The end of the working day; today's where it is not over, else tomorrow's.</summary>
    private static DateTimeOffset Due(DateTimeOffset now, TimeZoneInfo zone, int days)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var end = DateOnly.FromDateTime(local).AddDays(days).ToDateTime(EndOfWork);
        if (end <= local)
        {
            end = end.AddDays(1);
        }

        return new DateTimeOffset(end, zone.GetUtcOffset(end));
    }

    private static DateTimeOffset Midnight(DateTimeOffset now, TimeZoneInfo zone)
    {
        var midnight = TimeZoneInfo.ConvertTime(now, zone).Date;
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
