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
        if (await store.ListAsync(run.Account, TaskStore.Sending, cancellationToken) is { Count: > 0 } unknown)
        {
            await LookForAsync(run, await crm.Value, unknown, cancellationToken);
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
            var sent = new TaskBatch(batch, task => New(task, account, settings, tierNames, now));
            await SendAsync(run, await crm.Value, sent, now, cancellationToken);
            created += sent.Created;
            failed += sent.Refused.Count;
        }

        return (created, failed, stale.Count);
    }

    /// <summary>One bad task does not keep the others of its batch from being created: where the CRM does not name it, it is searched for.</summary>
    /// <exception cref="CrmException">The CRM takes none of them, so that it is hardly their fault: they wait for the next run.</exception>
    private async Task SendAsync(RunContext run, AmoCrmClient crm, TaskBatch batch, DateTimeOffset now, CancellationToken cancellationToken)
    {
        while (batch.Search.TryNext(AmoCrmClient.BatchSize, out var part))
        {
            await store.MarkAsync(run, part, TaskStore.Sending, now, null, cancellationToken);
            TaskCreation creation;
            try
            {
                creation = await crm.CreateTasksAsync([.. part.Select(batch.New)], cancellationToken);
            }
            catch (CrmException refused) when (refused.Failure is CrmFailure.Invalid or CrmFailure.Unprocessable)
            {
                creation = new TaskCreation(
                    new Dictionary<string, long>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal) { [""] = refused.Message });
            }
            catch (CrmException refused) when (IsCertain(refused.Failure))
            {
                // Nothing was created: it is tried again by the next run, whatever the reason for the refusal.
                await store.MarkAsync(run, part, TaskStore.Waiting, null, null, cancellationToken);
                throw;
            }

            await TakeAsync(run, crm, batch, part, creation, cancellationToken);
        }

        await EndAsync(run, batch, cancellationToken);
    }

    private async Task TakeAsync(
        RunContext run, AmoCrmClient crm, TaskBatch batch, IReadOnlyList<StoredTask> part, TaskCreation creation, CancellationToken cancellationToken)
    {
        var arrived = part.Where(task => creation.Created.ContainsKey(task.Marker)).Select(task => (task, creation.Created[task.Marker])).ToList();
        await store.ConfirmAsync(run, arrived, cancellationToken);
        batch.Created += arrived.Count;
        if (creation.Errors.Count == 0)
        {
            // Whoever is missing stays on its way: whether it arrived is asked of the CRM by the next run, before it is sent again.
            return;
        }

        var named = part.Where(task => creation.Errors.ContainsKey(task.Marker)).ToList();
        foreach (var task in named)
        {
            await store.MarkAsync(run, [task], TaskStore.Failed, null, creation.Errors[task.Marker], cancellationToken);
            batch.Refused.Add(task);
        }

        if (named.Count > 0)
        {
            // Whether the CRM has created the others of such a batch is not documented.
            var (found, missing) = await LookForAsync(run, crm, [.. part.Except(named).Except(arrived.Select(one => one.task))], cancellationToken);
            batch.Created += found;
            batch.Search.Named(missing);
            return;
        }

        batch.Reason = creation.Errors.GetValueOrDefault("") ?? batch.Reason;
        await store.MarkAsync(run, part, TaskStore.Waiting, null, null, cancellationToken);
        if (part.Count == 1)
        {
            batch.Found.Add(part[0]);
        }
        else
        {
            batch.Search.Refused(part);
        }
    }

    private async Task EndAsync(RunContext run, TaskBatch batch, CancellationToken cancellationToken)
    {
        List<StoredTask> refused = [.. batch.Found, .. batch.Search.Left];
        if (refused.Count > 1 && batch.Created == 0 && batch.Refused.Count == 0)
        {
            throw new CrmException(CrmFailure.Invalid, "Creating tasks", batch.Reason);
        }

        await store.MarkAsync(run, refused, TaskStore.Failed, null, batch.Reason, cancellationToken);
        batch.Refused.AddRange(refused);
    }

    /// <summary>Looks at the CRM's tasks of the cards: one that arrived is stored, one that did not waits again.</summary>
    /// <returns>How many arrived, and those that did not.</returns>
    private async Task<(int Found, IReadOnlyList<StoredTask> Missing)> LookForAsync(
        RunContext run, AmoCrmClient crm, IReadOnlyList<StoredTask> tasks, CancellationToken cancellationToken)
    {
        var missing = new List<StoredTask>();
        foreach (var card in tasks.GroupBy(task => (task.Entity, task.Customer.Id)))
        {
            var held = new List<CrmTask>();
            await foreach (var page in crm.ReadTasksAsync(TaskFilter.OfCard(card.Key.Entity, card.Key.Id), cancellationToken))
            {
                held.AddRange(page.Rows.Where(task => task.Entity == card.Key.Entity && task.EntityId == card.Key.Id));
            }

            var known = card.Select(task => (Task: task, Arrived: held.Find(one => TaskMarker.IsIn(one.Text, task.Marker)))).ToList();
            var gone = known.Where(one => one.Arrived is null).Select(one => one.Task).ToList();
            await store.ConfirmAsync(run, [.. known.Where(one => one.Arrived is not null).Select(one => (one.Task, one.Arrived!.Id))], cancellationToken);
            await store.MarkAsync(run, gone, TaskStore.Waiting, null, null, cancellationToken);
            missing.AddRange(gone);
        }

        return (tasks.Count - missing.Count, missing);
    }

    /// <summary>Whether a failure says for sure that nothing was created.</summary>
    private static bool IsCertain(CrmFailure failure) => failure is
        CrmFailure.Unauthorized or CrmFailure.PaymentRequired or CrmFailure.Forbidden
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
