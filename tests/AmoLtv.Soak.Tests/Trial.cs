using AmoLtv.Host.Running;
using AmoLtv.Sandbox;
using AmoLtv.Testing;

namespace AmoLtv.Soak;

/// <summary>
/// One seed: an account is connected, worked on through disturbed rounds, then left in peace for one night. What the CRM holds
/// afterwards has to be what a fresh service computes from the CRM as it is then.
/// </summary>
internal sealed class Trial
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly TrialPlan _plan;
    private readonly SoakDatabases _databases;
    private readonly TrialAccount _crm;
    private readonly Uri _address;
    private readonly List<string> _problems = [];
    private readonly List<string> _transcript;

    private Trial(TrialPlan plan, SoakDatabases databases, TrialAccount crm, Uri address)
    {
        (_plan, _databases, _crm, _address) = (plan, databases, crm, address);
        _transcript = [plan.ToString()];
    }

    /// <summary>Whatever happens is in the report; only a cancelled soak throws.</summary>
    public static async Task<SeedReport> RunAsync(TrialPlan plan, SoakDatabases databases, MachineLateness lateness, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var integration = SandboxOptions.DefaultIntegration with { RedirectUri = new Uri(address, "oauth/callback").ToString() };
        await using var crm = new TrialAccount(await SandboxServer.StartAsync(plan.Crm with { Integrations = [integration] }, cancellationToken));
        var trial = new Trial(plan, databases, crm, address);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        var (fields, rate) = (0, new TrialRate(0, 0));
        try
        {
            fields = await trial.RunAsync(deadline.Token);
            rate = await trial.CheckRateAsync(lateness);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            trial._problems.Add($"It broke off: {failure}");
        }

        return new SeedReport(plan.Seed, trial._problems, trial._transcript, fields, rate, TimeProvider.System.GetElapsedTime(began));
    }

    /// <returns>Values compared.</returns>
    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> known;
        await using (var service = await TrialService.CreateAsync(_databases, _crm, _plan, _address))
        {
            await service.ConnectAsync(cancellationToken);
            var disturbance = new Disturbance(service, _crm, _plan, _transcript.Add);
            for (var round = 0; round < _plan.Rounds.Count; round++)
            {
                await disturbance.TakeAsync(_plan.Rounds[round], round, cancellationToken);
            }

            await using (var asleep = _plan.Sleeper is null ? null : await SleepingProcess.FallAsleepAsync(service, _crm, _plan, _transcript.Add, cancellationToken))
            {
                await SettleAsync(service, cancellationToken);
                if (asleep is not null)
                {
                    _transcript.Add($"the sleeper wakes: {await asleep.WakeAsync()}");
                }
            }

            known = await service.ReadCardsAsync();
        }

        var held = await _crm.ReadFieldsAsync();
        _crm.EmptyFields();
        await using var fresh = await TrialService.CreateAsync(_databases, _crm, _plan, _address);
        await fresh.ConnectAsync(cancellationToken);
        await NightAsync(fresh, "the undisturbed night", cancellationToken);
        Compare(held, await _crm.ReadFieldsAsync());
        if (_problems.Count > 0)
        {
            var ought = await fresh.ReadCardsAsync();
            _transcript.AddRange(known.Except(ought, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(card => "only the disturbed one knows " + card));
            _transcript.AddRange(ought.Except(known, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(card => "only the undisturbed one knows " + card));
        }

        return held.Count;
    }

    private async Task SettleAsync(TrialService service, CancellationToken cancellationToken)
    {
        await _crm.SettleAsync();
        await _crm.BuyAsync();
        // Which method forecasts best is asked once a week, and where anything was bought since: made due, so that it is asked of the
        // same purchases as in the undisturbed service.
        if (_plan.IsLastNightWhole)
        {
            await service.ExecuteAsync("update sync_states set is_whole_asked = true");
        }

        await service.ExecuteAsync("update account_models set chosen_at = chosen_at - interval '7 days'");
        // The states of clients go by the day: both nights have to be of one, wherever on earth the account is.
        _crm.PassToNoonOfTheNextDay();
        await NightAsync(service, "the settling night", cancellationToken);
    }

    private async Task<TrialRate> CheckRateAsync(MachineLateness lateness)
    {
        var (highest, ago, permitted) = await _crm.RateAsync();
        var late = lateness.Before(ago);
        var rate = TrialRate.Of(highest, permitted, TrialService.RequestsPerSecond, late, TrialPlan.TimeScale);
        if (rate.IsBroken)
        {
            _problems.Add($"{highest} requests in a window; {permitted} are permitted, {rate.Allowed} on a machine that was {late.TotalMilliseconds:0} ms late just then.");
        }

        return rate;
    }

    /// <summary>One ordinary night in peace.</summary>
    private async Task NightAsync(TrialService service, string name, CancellationToken cancellationToken)
    {
        if (await service.MakeReadyAsync(cancellationToken) is { } connection)
        {
            _transcript.Add($"before {name}: {connection}");
        }

        await using var process = await service.StartAsync(isServed: true, cancellationToken);
        var words = await service.RunAsync(process, RoundWork.Night, cancellationToken);
        _transcript.Add($"{name}: {words}");
        if (words != RunStatus.Finished)
        {
            _problems.Add($"{name} did not end well: {words}");
        }
    }

    private void Compare(IReadOnlyDictionary<string, string> held, IReadOnlyDictionary<string, string> computed)
    {
        if (computed.Count == 0)
        {
            _problems.Add("Nothing was computed: there is nothing to compare.");
        }

        foreach (var field in held.Keys.Union(computed.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (has, ought) = (held.GetValueOrDefault(field, "nothing"), computed.GetValueOrDefault(field, "nothing"));
            if (has != ought)
            {
                _problems.Add($"{field}: the CRM held {has}, undisturbed it is {ought}.");
            }
        }
    }
}
