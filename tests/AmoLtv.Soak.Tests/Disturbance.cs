namespace AmoLtv.Soak;

/// <summary>Takes the disturbed rounds of a trial.</summary>
internal sealed class Disturbance(TrialService service, TrialAccount crm, TrialPlan plan, Action<string> say)
{
    /// <param name="number">The round's place, from 0.</param>
    public async Task TakeAsync(RoundPlan round, int number, CancellationToken cancellationToken)
    {
        say($"round {number + 1}: {round}");
        await using var process = await service.StartAsync(isServed: true, cancellationToken);
        // The administrator has peace: what is tried is not the installation.
        await crm.SettleAsync();
        if (await service.ReconnectAsync(process, cancellationToken) is { } words)
        {
            say("  " + words);
        }

        await crm.FaultsAsync(round.Faults, (plan.Seed * 100) + number);
        var edits = crm.EditAsync((plan.Seed * 100) + number, round.Edits, round.SpreadMs, plan);
        say("  " + await WorkAsync(process, round, cancellationToken));
        say("  edits: " + await edits);
        crm.Pass(round.Pause);
    }

    /// <returns>What became of the round, in words.</returns>
    private Task<string> WorkAsync(WorkingProcess process, RoundPlan round, CancellationToken cancellationToken) => round.End switch
    {
        RoundEnd.Cancelled => CancelAsync(process, round, cancellationToken),
        RoundEnd.KilledAtRequest or RoundEnd.KilledAnywhere => KillAsync(process, round, cancellationToken),
        RoundEnd.Frozen => FreezeAsync(process, round, cancellationToken),
        RoundEnd.ProgramKilled => KillProgramAsync(round, cancellationToken),
        _ => service.RunAsync(process, round.Work, cancellationToken),
    };

    private async Task<string> CancelAsync(WorkingProcess process, RoundPlan round, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(round.At);
        return await service.RunAsync(process, round.Work, stop.Token);
    }

    private async Task<string> KillAsync(WorkingProcess process, RoundPlan round, CancellationToken cancellationToken)
    {
        if (round.End == RoundEnd.KilledAtRequest)
        {
            process.Wire.StopAt(round.At, round.Moment, round.IsAtWrite ? HttpMethod.Patch : null);
        }

        var work = service.RunAsync(process, round.Work, cancellationToken);
        var moment = round.End == RoundEnd.KilledAtRequest ? process.Wire.Reached : Task.Delay(round.At, cancellationToken);
        var isKilled = await Task.WhenAny(moment, work) == moment;
        await process.KillAsync();
        return $"{(isKilled ? "killed" : "ended before")}: {await work}";
    }

    /// <summary>The lease runs out at once in place of a minute later, and a successor does a night.</summary>
    private async Task<string> FreezeAsync(WorkingProcess process, RoundPlan round, CancellationToken cancellationToken)
    {
        process.Wire.StopAt(round.At, round.Moment, round.IsAtWrite ? HttpMethod.Patch : null);
        var work = service.RunAsync(process, round.Work, cancellationToken);
        if (await Task.WhenAny(process.Wire.Reached, work) == work)
        {
            return $"ended before: {await work}";
        }

        await service.ExecuteAsync("update accounts set lease_expires_at = clock_timestamp()");
        await using var successor = await service.StartAsync(isServed: false, cancellationToken);
        var succeeded = await service.RunAsync(successor, RoundWork.Night, cancellationToken);
        process.Wire.Thaw();
        return $"successor: {succeeded}; the frozen one: {await work}";
    }

    private async Task<string> KillProgramAsync(RoundPlan round, CancellationToken cancellationToken)
    {
        var at = round.At / 100;
        var before = await crm.RequestsAsync();
        var wasKilled = await KilledProgram.RunAsync(service.Settings(isOfProgram: true), async () => await crm.RequestsAsync() >= before + at, cancellationToken);
        return $"program {(wasKilled ? "killed" : "ended before")} at request {at}";
    }
}
