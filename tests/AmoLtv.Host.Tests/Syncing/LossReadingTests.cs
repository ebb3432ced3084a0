using AmoLtv.Host.Running;
using AmoLtv.Host.Tests.Installing;
using AmoLtv.Sandbox;
using AmoLtv.Sandbox.State;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Syncing;

/// <summary>The stage from which leads were lost, read from the CRM's events at little cost.</summary>
[TestFixture, Category("Slow")]
public sealed class LossReadingTests
{
    private ConnectedSandbox _crm = null!;
    private IServiceProvider _services = null!;

    [SetUp]
    public async Task ConnectAsync()
    {
        _crm = await ConnectedSandbox.StartAsync(options => options with
        {
            Companies = 200,
            Leads = 1500,
            // Behind the service's clock, so that a test can let time pass in the CRM.
            Now = TimeProvider.System.GetUtcNow().AddHours(-1),
        });
        _services = await _crm.ConnectAsync();
        await _crm.ControlAsync(HttpMethod.Delete, "statistics");
    }

    [TearDown]
    public async Task StopAsync() => await _crm.DisposeAsync();

    [Test]
    public async Task First_reading_takes_a_page_for_a_hundred_leads_lost_in_the_last_year()
    {
        await SyncAsync();

        var requests = await _crm.CountAsync("GET /api/v4/events");
        var lost = LostSince(_crm.Server.State, months: 12);
        await TestContext.Out.WriteLineAsync($"{lost.Count} lost leads of 1500 in twelve months: {requests} requests for events in a first sync.");
        Assert.That(await LossesAsync(), Is.EqualTo(lost));
        // A page that is full may be followed by an empty one, and five are asked ahead; one request tells what went from the lists meanwhile.
        Assert.That(requests, Is.LessThanOrEqualTo((lost.Count / 100) + 1 + 5 + 1));
    }

    [Test]
    public async Task Later_night_takes_one_request_for_losses_and_finds_a_lead_lost_since()
    {
        await SyncAsync();
        var lead = _crm.Server.State.Leads.Living(SortBy.Id).First(row => row.StatusId is not (Lead.Won or Lead.Lost));
        var stage = lead.StatusId;
        await _crm.ControlAsync(HttpMethod.Post, $"leads/{lead.Id}", new { status_id = Lead.Lost });
        await _crm.ControlAsync(HttpMethod.Delete, "statistics");

        var counts = await SyncAsync();

        Assert.That(await _crm.CountAsync("GET /api/v4/events"), Is.EqualTo(4), "Three kinds of changes, and the losses.");
        Assert.That(counts["losses"], Is.EqualTo(1));
        Assert.That(await _crm.ScalarAsync<long>($"select status_id from lead_losses where lead_id = {lead.Id}"), Is.EqualTo(stage));
    }

    [Test]
    public async Task Lead_lost_twice_keeps_the_stage_of_the_last_time()
    {
        var lead = _crm.Server.State.Leads.Living(SortBy.Id).First(row => row.StatusId is not (Lead.Won or Lead.Lost));
        var last = _crm.Server.State.Pipelines.First(pipeline => pipeline.Id == lead.PipelineId).Stages.Last(stage => stage.IsEditable && stage.Id != lead.StatusId);
        foreach (var status in new[] { Lead.Lost, last.Id, Lead.Lost })
        {
            await _crm.ControlAsync(HttpMethod.Post, "clock", new { advanceSeconds = 60 });
            await _crm.ControlAsync(HttpMethod.Post, $"leads/{lead.Id}", new { status_id = status });
        }

        await SyncAsync();

        Assert.That(await _crm.ScalarAsync<long>($"select status_id from lead_losses where lead_id = {lead.Id}"), Is.EqualTo(last.Id));
    }

    [Test]
    public async Task Reading_that_was_interrupted_is_begun_anew()
    {
        await _crm.FailAsync("/api/v4/events", "500", count: 100);
        Assert.That(async () => await SyncAsync(), Throws.Exception);
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from loss_cursors"), Is.Zero);
        await _crm.ControlAsync(HttpMethod.Delete, "faults");

        await SyncAsync();

        Assert.That(await LossesAsync(), Is.EqualTo(LostSince(_crm.Server.State, months: 12)));
    }

    /// <summary>Lead and the stage it was last lost from, as the CRM's own log says.</summary>
    private static List<(long Lead, long Status)> LostSince(SandboxState state, int months)
    {
        var from = TimeProvider.System.GetUtcNow().AddMonths(-months).ToUnixTimeSeconds();
        return
        [
            .. state.Events.InOrder()
                .Where(happened => happened is { Type: "lead_status_changed", After.StatusId: Lead.Lost, Before: not null } && happened.CreatedAt >= from)
                .GroupBy(happened => happened.EntityId)
                .Select(group => (group.Key, group.Last().Before!.Value.StatusId))
                .OrderBy(loss => loss.Key),
        ];
    }

    private async Task<List<(long Lead, long Status)>> LossesAsync()
    {
        await using var connection = await _crm.Database.OpenConnectionAsync();
        return [.. await connection.QueryAsync<(long, long)>("select lead_id, status_id from lead_losses order by lead_id")];
    }

    private async Task<IReadOnlyDictionary<string, long>> SyncAsync() =>
        await _services.GetServices<IRunStep>().Single(step => step.Name == RunSteps.Sync).RunAsync(await _crm.RunAsync(), CancellationToken.None);
}
