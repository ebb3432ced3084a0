using System.Globalization;
using AmoLtv.AmoCrm;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Syncing;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.Syncing;

/// <summary>Reads the events that date entries into stages counted as purchases.</summary>
internal sealed partial class StageReading(StageEntryStore entries, TimeProvider time, ILogger<StageReading> logger)
{
    /// <returns>Entries that were not known; null where no stage needs events.</returns>
    public async Task<long?> RunAsync(RunContext run, AmoCrmClient client, AccountSettings current, CancellationToken cancellationToken)
    {
        var stages = EventWindow.Stages(current);
        var now = time.GetUtcNow();
        if (EventWindow.For(stages, await entries.ReadUntilAsync(run.Account, cancellationToken), now) is not { } window)
        {
            await entries.FinishAsync(run, stages, now, cancellationToken);
            return null;
        }

        long read = 0;
        long saved = 0;
        await foreach (var page in client.ReadStageChangesAsync(window.From, window.To, into: null, cancellationToken))
        {
            foreach (var row in page.Unreadable)
            {
                Log.UnreadableEvent(logger, run.Account, row.Reason);
            }

            var wanted = page.Rows.Where(change => stages.Contains(new StageKey(change.Pipeline, change.Status))).ToList();
            saved += wanted.Count == 0 ? 0 : await entries.SaveAsync(run, wanted, cancellationToken);
            read += page.Rows.Count;
            run.Progress.Report(new StepProgress(read, null, string.Create(CultureInfo.InvariantCulture, $"changes of stage: {read} read")));
        }

        await entries.FinishAsync(run, stages, window.To, cancellationToken);
        return saved;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Account {Account}: a change of stage cannot be read and is left out: {Reason}.")]
        public static partial void UnreadableEvent(ILogger logger, AccountId account, string reason);
    }
}
