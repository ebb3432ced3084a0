using System.Net.Http.Json;
using System.Text.Json;
using AmoLtv.Host.Running;
using AmoLtv.Sandbox;

namespace AmoLtv.Host.Tests.WritingBack;

/// <summary>A CRM that runs out of time on batches which the vendor recommends.</summary>
[TestFixture, Category("Slow")]
public sealed class SmallBatchTests
{
    private WrittenAccount _account = null!;

    [SetUp]
    public async Task StartAsync() =>
        _account = await WrittenAccount.CreateAsync(new SandboxOptions { Companies = 60, Leads = 200, Months = 4, LargestBatch = 7 });

    [TearDown]
    public async Task StopAsync() => await _account.DisposeAsync();

    [Test]
    public async Task Everything_arrives_in_smaller_batches_and_the_size_is_not_found_out_anew_for_each()
    {
        await _account.EnableAsync();
        using var reset = await _account.Server.Crm.DeleteAsync("sandbox/statistics");

        var written = await _account.Server.RunAsync(RunSteps.WriteBack);

        var requests = (await _account.Server.Crm.GetFromJsonAsync<JsonElement>("sandbox/statistics")).GetProperty("requests").GetInt64();
        Assert.That(WrittenAccount.Count(written, "fieldsFailed"), Is.Zero);
        // Six or seven cards a batch, and what it costs to find that out for each kind of card.
        Assert.That(requests, Is.LessThan(WrittenAccount.Count(written, "cards") / 3 + 30));
        Assert.That(await _account.MismatchesAsync(), Is.Zero);
    }
}
