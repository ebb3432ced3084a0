using AmoLtv.AmoCrm;
using AmoLtv.Core.Identity;
using AmoLtv.Core.WritingBack;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.WritingBack;

/// <summary>
/// Sends what a run has planned, a few batches at once, so that the CRM's answers do not slow it below the permitted rate;
/// and no faster than the admin wants. What does not fit into the run's time stays for the next one.
/// </summary>
public sealed class WriteSending(FieldWriteStore writes, FieldWatch watch, TimeProvider time)
{
    private const int BatchesAtOnce = 4;

    /// <param name="run">The run whose plan is sent.</param>
    /// <param name="crm">The account.</param>
    /// <param name="types">Kinds of the fields by kind of card and number of the field.</param>
    /// <param name="planned">Fields in the plan, for the progress.</param>
    /// <param name="pace">Null: as fast as the CRM permits.</param>
    /// <param name="cancellationToken">Ends the sending; what was on its way is settled by the next run.</param>
    public async Task<SendResult> SendAsync(
        RunContext run,
        AmoCrmClient crm,
        IReadOnlyDictionary<EntityType, IReadOnlyDictionary<long, OutputType>> types,
        long planned,
        WritePace? pace,
        CancellationToken cancellationToken)
    {
        using var refusals = new RefusedFields(crm, watch, run);
        var result = new SendResult(0, 0, 0, IsWhole: true, []);
        var began = time.GetTimestamp();
        foreach (var (entity, entityTypes) in types)
        {
            var writer = new BatchWriter(crm, writes, refusals, run, entityTypes);
            var before = result;
            var (cards, isWhole) = await SendCardsAsync(
                run, writer, entity, entityTypes.Count, new Beat(pace, began, before.Cards),
                () => run.Progress.Report(new StepProgress(
                    before.Written + before.Failed + writer.Written + writer.Failed, planned, "fields written to the CRM")),
                cancellationToken);
            result = new SendResult(
                before.Written + writer.Written, before.Failed + writer.Failed, before.Cards + cards, isWhole, refusals.Lost);
            if (!isWhole)
            {
                break;
            }
        }

        return result;
    }

    private async Task<(long Cards, bool IsWhole)> SendCardsAsync(
        RunContext run, BatchWriter writer, EntityType entity, int fields, Beat beat, Action report, CancellationToken cancellationToken)
    {
        var last = 0L;
        var cards = 0L;
        var sending = new List<Task>();
        try
        {
            while (true)
            {
                var batch = await writes.NextAsync(run, entity, last, beat.Size(writer.Size), fields, cancellationToken);
                if (batch.Count == 0)
                {
                    await Task.WhenAll(sending);
                    report();
                    return (cards, true);
                }

                if (!await beat.WaitAsync(cards, time, cancellationToken))
                {
                    await Task.WhenAll(sending);
                    return (cards, false);
                }

                last = batch[^1].EntityId;
                cards += batch.DistinctBy(write => write.EntityId).Count();
                sending.Add(writer.WriteAsync(entity, batch, cancellationToken));
                await MakeRoomAsync(sending);
                report();
            }
        }
        finally
        {
            // Whatever ended the loop, no batch is left alone on its way.
            await Task.WhenAll(sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <exception cref="Exception">What ended the batch that ended first.</exception>
    private static async Task MakeRoomAsync(List<Task> sending)
    {
        while (sending.Count >= BatchesAtOnce)
        {
            var ended = await Task.WhenAny(sending);
            sending.Remove(ended);
            await ended;
        }

        foreach (var ended in sending.Where(task => task.IsCompleted).ToList())
        {
            sending.Remove(ended);
            await ended;
        }
    }

    /// <summary>The rate of one run, over all kinds of cards.</summary>
    private sealed record Beat(WritePace? Pace, long Began, long SentBefore)
    {
        public int Size(int most) => Pace?.BatchSize(most) ?? most;

        /// <returns>Whether there is still time for a batch.</returns>
        public async Task<bool> WaitAsync(long sent, TimeProvider time, CancellationToken cancellationToken)
        {
            if (Pace is null)
            {
                return true;
            }

            var elapsed = time.GetElapsedTime(Began);
            if (Pace.IsOver(SentBefore + sent, elapsed))
            {
                return false;
            }

            await Task.Delay(Pace.Wait(SentBefore + sent, elapsed), time, cancellationToken);
            return true;
        }
    }
}
