namespace AmoLtv.Soak;

/// <summary>A <see cref="Sleeper"/> at work.</summary>
internal sealed class SleepingProcess : IAsyncDisposable
{
    /// <summary>So many that some meet the same leads twice in an account of a few dozen.</summary>
    private const int Edits = 15;

    private readonly WorkingProcess _process;
    private readonly Task<string> _work;

    private SleepingProcess(WorkingProcess process, Task<string> work) => (_process, _work) = (process, work);

    /// <summary>Lets users edit, a process begin its night and fall asleep in it, and users edit again.</summary>
    /// <param name="say">Takes what happened, in words.</param>
    public static async Task<SleepingProcess> FallAsleepAsync(
        TrialService service, TrialAccount crm, TrialPlan plan, Action<string> say, CancellationToken cancellationToken)
    {
        await crm.SettleAsync();
        await service.MakeReadyAsync(cancellationToken);
        say("before somebody falls asleep: " + await crm.EditAsync((plan.Seed * 100) + 98, Edits, 0, plan));
        var process = await service.StartAsync(isServed: false, cancellationToken);
        process.Wire.StopAt(plan.Sleeper!.At, plan.Sleeper.Moment, HttpMethod.Get);
        var work = service.RunAsync(process, RoundWork.Night, cancellationToken);
        await Task.WhenAny(process.Wire.Reached, work);
        await service.ExecuteAsync("update accounts set lease_expires_at = clock_timestamp()");
        say("while he sleeps: " + await crm.EditAsync((plan.Seed * 100) + 99, Edits, 0, plan));
        return new SleepingProcess(process, work);
    }

    /// <returns>How his night ended, in words.</returns>
    public Task<string> WakeAsync()
    {
        _process.Wire.Thaw();
        return _work;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Wire.Thaw();
        await _work;
        await _process.DisposeAsync();
    }
}
