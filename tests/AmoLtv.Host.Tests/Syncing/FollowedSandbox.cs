using AmoLtv.Host.Running;
using AmoLtv.Host.Tests.Installing;
using AmoLtv.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Syncing;

/// <summary>A sandbox whose account was read whole once, and is followed from then on by runs and rounds that a test begins.</summary>
internal sealed class FollowedSandbox : IAsyncDisposable
{
    private FollowedSandbox(ConnectedSandbox crm, IServiceProvider services) => (Crm, Services) = (crm, services);

    public ConnectedSandbox Crm { get; }

    /// <summary>Of a process that does what it is told to and nothing by itself.</summary>
    public IServiceProvider Services { get; }

    public static async Task<FollowedSandbox> StartAsync(Func<SandboxOptions, SandboxOptions> change, params (string Key, string Value)[] settings)
    {
        var crm = await ConnectedSandbox.StartAsync(options => change(options).Hurried());
        await crm.ConnectAsync();
        var services = crm.NewProcess([.. HurriedCrm.Settings(crm.Server), ("Webhooks:FollowChanges", "true"), ("Webhooks:SettleSeconds", "1"), .. settings]);
        var followed = new FollowedSandbox(crm, services);
        await followed.SyncAsync();
        return followed;
    }

    /// <summary>The first step of a night.</summary>
    public async Task<IReadOnlyDictionary<string, long>> SyncAsync()
    {
        var outcome = await Services.GetRequiredService<AccountRunner>().RunAsync(
            Crm.Account, new RunRequest(RunCause.Manual, [RunSteps.Sync], null, RunRequest.CommandPatience), null, CancellationToken.None);
        Assert.That(outcome.Error, Is.Null);
        return outcome.Steps.Single().Value;
    }

    /// <summary>A round of recurring work.</summary>
    public Task RoundAsync(string job) => Services.GetServices<IRecurringJob>().Single(known => known.Name == job).RunAsync(CancellationToken.None);

    /// <summary>Lets time pass in the CRM, and waits until the service, which asks the CRM's clock twice a second, knows of it.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        var clock = Services.GetRequiredService<TimeProvider>();
        var later = Crm.Server.State.Clock.Now + time;
        Crm.Server.State.Clock.Advance(time);
        await HostServer.EventuallyAsync(() => Task.FromResult(clock.GetUtcNow() >= later));
    }

    public ValueTask DisposeAsync() => Crm.DisposeAsync();
}
