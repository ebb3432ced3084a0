using AmoLtv.Host.Running;
using AmoLtv.Host.Tests.Installing;
using AmoLtv.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Syncing;

/// <summary>A sandbox whose account was read whole once, and is followed from then on.</summary>
internal sealed class FollowedSandbox : IAsyncDisposable
{
    private readonly IServiceProvider _services;
    private long _run;

    private FollowedSandbox(ConnectedSandbox crm, IServiceProvider services) => (Crm, _services) = (crm, services);

    public ConnectedSandbox Crm { get; }

    public IServiceProvider Services => _services;

    public static async Task<FollowedSandbox> StartAsync(Func<SandboxOptions, SandboxOptions> change)
    {
        var crm = await ConnectedSandbox.StartAsync(options => change(options).Hurried());
        await crm.ConnectAsync();
        var followed = new FollowedSandbox(crm, crm.NewProcess([.. HurriedCrm.Settings(crm.Server)]));
        await followed.SyncAsync();
        return followed;
    }

    /// <summary>The step of a night.</summary>
    public Task<IReadOnlyDictionary<string, long>> SyncAsync() => TakeAsync(RunSteps.Sync);

    /// <summary>Takes a step under a run of its own, which is kept as finished.</summary>
    public async Task<IReadOnlyDictionary<string, long>> TakeAsync(string step)
    {
        var run = (await Crm.RunAsync()) with { Run = new(++_run) };
        var counts = await _services.GetServices<IRunStep>().Single(known => known.Name == step).RunAsync(run, CancellationToken.None);
        await Crm.ExecuteAsync(
            "insert into run_steps (account_id, run_id, step, status, started_at) select account_id, @Run, @step, 'finished', now() from accounts", new { Run = _run, step });
        return counts;
    }

    public ValueTask DisposeAsync() => Crm.DisposeAsync();
}
