using AmoLtv.Host.Running;
using AmoLtv.Host.Tests.Installing;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Syncing;

/// <summary>The permitted rate, measured at the CRM. Alone on the machine: a processor that others keep busy is no part of the rate.</summary>
[TestFixture, NonParallelizable, Category("Slow")]
public sealed class SyncRateTests
{
    // What it can do, not what a starved machine lets it do once.
    [Test, Retry(3)]
    public async Task Sync_uses_at_least_95_percent_of_the_permitted_rate_and_meets_no_429()
    {
        await using var large = await ConnectedSandbox.StartAsync(options => options with { Companies = 200, Leads = 15_000 });
        var services = await large.ConnectAsync();
        await large.ControlAsync(HttpMethod.Delete, "statistics");

        await services.GetServices<IRunStep>().Single(step => step.Name == RunSteps.Sync).RunAsync(await large.RunAsync(), CancellationToken.None);

        var statistics = await large.ControlAsync(HttpMethod.Get, "statistics");
        var requests = statistics.GetProperty("requests").GetInt32();
        var span = statistics.GetProperty("lastRequestAt").GetDateTimeOffset() - statistics.GetProperty("firstRequestAt").GetDateTimeOffset();
        var rate = (requests - 1) / span.TotalSeconds;
        await TestContext.Out.WriteLineAsync($"{requests} requests in {span.TotalSeconds:0.00} s: {rate:0.00} a second of 6 permitted, {rate / 6:P1}.");
        Assert.That(statistics.GetProperty("throttled").GetInt32(), Is.Zero);
        Assert.That(rate, Is.InRange(6 * 0.95, 6 * 1.02));
    }
}
