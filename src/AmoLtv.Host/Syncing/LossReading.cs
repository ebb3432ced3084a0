using System.Globalization;
using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Syncing;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.Syncing;

/// <summary>
/// Reads the events of leads that were lost: a lead itself does not say in which stage it stood before. The CRM is asked for
/// entries into status 143 alone, 100 a page, and on later nights for those since the last reading.
/// </summary>
internal sealed partial class LossReading(LossStore losses, TimeProvider time, ILogger<LossReading> logger)
{
    /// <param name="pipelines">Of the account: 143 stands in each.</param>
    /// <returns>Losses that were not known before.</returns>
    public async Task<long> RunAsync(
        RunContext run, AmoCrmClient client, IReadOnlyCollection<PipelineId> pipelines, CancellationToken cancellationToken)
    {
        var window = EventWindow.ForLosses(await losses.ReadUntilAsync(run.Account, cancellationToken), time.GetUtcNow());
        if (pipelines.Count == 0)
        {
            return 0;
        }

        try
        {
            var saved = await ReadAsync(run, client, window, [.. pipelines.Select(pipeline => new StageKey(pipeline, StageKey.Lost))], cancellationToken);
            await losses.FinishAsync(run, window.To, cancellationToken);
            return saved;
        }
        catch (CrmException refusal) when (refusal is { Failure: CrmFailure.Forbidden or CrmFailure.PaymentRequired, IsFromApi: true })
        {
            // The numbers need no events: an account that does not show them is valued all the same.
            Log.Refused(logger, run.Account, refusal.Message);
            return 0;
        }
    }

    private async Task<long> ReadAsync(
        RunContext run, AmoCrmClient client, EventWindow window, IReadOnlyCollection<StageKey> lost, CancellationToken cancellationToken)
    {
        var (read, saved) = (0L, 0L);
        await foreach (var page in client.ReadStageChangesAsync(window.From, window.To, lost, cancellationToken))
        {
            foreach (var row in page.Unreadable)
            {
                Log.UnreadableEvent(logger, run.Account, row.Reason);
            }

            // From 143 of one pipeline into 143 of another: it was lost before, and that stands in its own event.
            var wanted = page.Rows.Where(change => change.Status == StageKey.Lost && change.From is { } from && from.Status != StageKey.Lost).ToList();
            saved += wanted.Count == 0 ? 0 : await losses.SaveAsync(run, wanted, cancellationToken);
            read += page.Rows.Count;
            run.Progress.Report(new StepProgress(read, null, string.Create(CultureInfo.InvariantCulture, $"lost leads: {read} changes of stage read")));
        }

        return saved;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Account {Account}: a change of stage cannot be read and is left out: {Reason}.")]
        public static partial void UnreadableEvent(ILogger logger, AccountId account, string reason);

        [LoggerMessage(2, LogLevel.Warning, "Account {Account}: the CRM does not show its events ({Reason}); where leads were lost from stays unknown.")]
        public static partial void Refused(ILogger logger, AccountId account, string reason);
    }
}
