using AmoLtv.Host.Running;
using AmoLtv.Host.Tests.Installing;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Syncing;

/// <summary>The permitted rate, measured at the CRM. Alone on the machine: a processor that others keep busy is no part of the rate.</summary>
[TestFixture, NonParallelizable, Category("Slow")]
public sealed class SyncRateTests
{
    private const double Permitted = 6;
    private const int Measurements = 8;

    // What it can do, not what a starved machine lets it do once: it has to come near the rate in one of them, and may exceed it in none.
    [Test]
    public async Task Sync_uses_at_least_95_percent_of_the_permitted_rate_and_meets_no_429()
    {
        var best = 0.0;
        for (var time = 0; time < Measurements && best < Permitted * 0.95; time++)
        {
            best = Math.Max(best, await MeasureAsync());
        }

        Assert.That(best, Is.GreaterThanOrEqualTo(Permitted * 0.95));
    }

    /// <returns>Requests a second of a first sync.</returns>
    private static async Task<double> MeasureAsync()
    {
        await using var large = await ConnectedSandbox.StartAsync(options => options with { Companies = 200, Leads = 15_000 });
        var services = await large.ConnectAsync();
        await large.ControlAsync(HttpMethod.Delete, "statistics");

        await services.GetServices<IRunStep>().Single(step => step.Name == RunSteps.Sync).RunAsync(await large.RunAsync(), CancellationToken.None);

        var statistics = await large.ControlAsync(HttpMethod.Get, "statistics");
        var requests = statistics.GetProperty("requests").GetInt32();
        var span = statistics.GetProperty("lastRequestAt").GetDateTimeOffset() - statistics.GetProperty("firstRequestAt").GetDateTimeOffset();
        var rate = (requests - 1) / span.TotalSeconds;
        await TestContext.Out.WriteLineAsync($"{requests} requests in {span.TotalSeconds:0.00} s: {rate:0.00} a second of {Permitted} permitted, {rate / Permitted:P1}.");
        Assert.That(statistics.GetProperty("throttled").GetInt32(), Is.Zero);
        Assert.That(rate, Is.AtMost(Permitted * 1.02));
        return rate;
    }
}
