namespace AmoLtv.Host.Running;

/// <summary>Takes a step's progress as often as it comes and saves the latest at most once a second.</summary>
internal sealed class StepReport(Action<StepProgress> show, Func<StepProgress, CancellationToken, Task> save)
    : IProgress<StepProgress>
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private StepProgress? _unsaved;

    public void Report(StepProgress value)
    {
        lock (_gate)
        {
            _unsaved = value;
        }

        show(value);
    }

    /// <summary>Saves until cancelled, and once more then, so that the last word is kept.</summary>
    public async Task SaveUntilAsync(CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            await Task.Delay(Period, TimeProvider.System, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (Take() is { } progress)
            {
                await save(progress, CancellationToken.None);
            }
        }
    }

    private StepProgress? Take()
    {
        lock (_gate)
        {
            var taken = _unsaved;
            _unsaved = null;
            return taken;
        }
    }
}
