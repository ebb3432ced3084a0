using System.Text.Json;
using AmoLtv.Host.Running;
using AmoLtv.Host.Tests.Installing;
using AmoLtv.Sandbox.State;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Syncing;

/// <summary>A sync that follows another reads what changed, with the CRM's paid filters and without: afterwards both hold the same.</summary>
[TestFixture(true)]
[TestFixture(false)]
[Category("Slow")]
public sealed class IncrementalSyncTests(bool isFiltered)
{
    private const int Leads = 2000;
    private const int Pages = Leads / 250;
    private ConnectedSandbox _crm = null!;
    private IServiceProvider _services = null!;
    private long _run;

    [SetUp]
    public async Task ConnectAsync()
    {
        _crm = await ConnectedSandbox.StartAsync(options => (options with { Companies = 300, Leads = Leads, Filters = isFiltered }).Hurried());
        await _crm.ConnectAsync();
        _services = _crm.NewProcess([.. HurriedCrm.Settings(_crm.Server)]);
        await SyncAsync();
        await _crm.ControlAsync(HttpMethod.Delete, "statistics");
    }

    [TearDown]
    public async Task StopAsync() => await _crm.DisposeAsync();

    [Test]
    public async Task Every_kind_of_change_is_found_without_a_whole_scan()
    {
        var leads = Living();
        var open = leads.First(lead => lead.StatusId is not (Lead.Won or Lead.Lost));
        await EditAsync(open, new { status_id = Lead.Won });
        var won = leads.First(lead => lead.StatusId == Lead.Won);
        await EditAsync(won, new { status_id = open.StatusId, pipeline_id = open.PipelineId });
        var moved = leads.First(lead => lead.CompanyId is not null);
        await EditAsync(moved, new { company_id = leads.First(lead => lead.CompanyId is { } other && other != moved.CompanyId).CompanyId });
        await EditAsync(leads[40], new { price = 123_456 });
        await DeleteAsync(leads[700]);
        await DeleteAsync(leads[^1]);
        await _crm.ControlAsync(HttpMethod.Post, "leads", new { name = "new", price = 5000, company_id = moved.CompanyId });

        var counts = await SyncAsync();

        await SyncedRows.AssertSameAsync(_crm);
        Assert.That((counts["leadsAdded"], counts["leadsDeleted"]), Is.EqualTo((1, 2)));
        Assert.That(counts["leadsChanged"], Is.EqualTo(4));
        Assert.That(await _crm.CountAsync("GET /api/v4/leads"), Is.LessThan(Pages));
        Assert.That(await _crm.CountAsync("GET /api/v4/companies"), Is.LessThanOrEqualTo(1));
    }

    [Test]
    public async Task Lead_that_moved_leaves_both_companies_marked()
    {
        var moved = Living().First(lead => lead.CompanyId is not null);
        var to = Living().First(lead => lead.CompanyId is { } other && other != moved.CompanyId).CompanyId;
        await EditAsync(moved, new { company_id = to });

        await SyncAsync();

        Assert.That(await _crm.ScalarAsync<long>($"select company_id from leads where lead_id = {moved.Id}"), Is.EqualTo(to));
        Assert.That(await _crm.ScalarAsync<long>($"select changed_run from leads where lead_id = {moved.Id}"), Is.EqualTo(_run));
        Assert.That(await _crm.ScalarAsync<long>($"select count(*) from leads where changed_run = {_run}"), Is.EqualTo(1), "Others were not touched.");
    }

    [Test]
    public async Task Lead_restored_from_the_trash_is_back()
    {
        var hidden = Living()[5];
        await DeleteAsync(hidden);
        await SyncAsync();
        Assert.That(await _crm.ScalarAsync<bool>($"select is_deleted from leads where lead_id = {hidden.Id}"), Is.True);

        await EditAsync(hidden, new { is_deleted = false });
        await SyncAsync();

        await SyncedRows.AssertSameAsync(_crm);
    }

    [Test]
    public async Task Unchanged_account_costs_a_few_requests_and_writes_nothing()
    {
        var before = await _crm.ScalarAsync<string>("select max(xmin::text::bigint)::text from leads");

        var counts = await SyncAsync();

        Assert.That(counts.Where(count => count.Key.EndsWith("ed", StringComparison.Ordinal)).Sum(count => count.Value), Is.Zero);
        Assert.That(await _crm.ScalarAsync<string>("select max(xmin::text::bigint)::text from leads"), Is.EqualTo(before));
        Assert.That(await RequestsAsync(), Is.LessThanOrEqualTo(12));
    }

    [Test]
    public async Task Thousand_changed_leads_cost_no_more_than_they_have_to()
    {
        foreach (var lead in Living().Where((_, index) => index % 2 == 0).Take(1000))
        {
            await EditAsync(lead, new { price = (long)lead.Price + 7 });
        }

        var counts = await SyncAsync();

        await SyncedRows.AssertSameAsync(_crm);
        Assert.That(counts["leadsChanged"], Is.EqualTo(1000));
        Assert.That(await RequestsAsync(), Is.LessThanOrEqualTo(isFiltered ? 20 : 40));
    }

    [Test]
    public async Task Cut_off_reading_of_changes_is_done_again_and_ends_the_same()
    {
        foreach (var lead in Living().Take(600))
        {
            await EditAsync(lead, new { price = (long)lead.Price + 7 });
        }

        await DeleteAsync(Living()[700]);
        await _crm.FailAsync("/api/v4/events", "500", count: 100);
        Assert.That(async () => await SyncAsync(), Throws.InstanceOf<Exception>());
        await _crm.ControlAsync(HttpMethod.Delete, "faults");

        await SyncAsync();

        await SyncedRows.AssertSameAsync(_crm);
    }

    [Test]
    public async Task Weekly_scan_finds_what_nobody_told_and_says_what()
    {
        var leads = Living();
        // As if a change had come while nobody looked, and a deletion without an event.
        await _crm.ExecuteAsync($"update leads set price = 1 where lead_id = {leads[10].Id}");
        await _crm.ExecuteAsync($"delete from leads where lead_id = {leads[11].Id}");
        await _crm.ExecuteAsync(
            $"""
            insert into leads (account_id, lead_id, pipeline_id, status_id, created_at, updated_at)
            select account_id, 7, pipeline_id, status_id, created_at, updated_at from leads where lead_id = {leads[12].Id}
            """);
        await _crm.ExecuteAsync("update companies set name = 'other' where company_id = (select min(company_id) from companies)");
        var early = await SyncAsync();
        Assert.That(early.ContainsKey("leadsMissedChanged"), Is.False, "A week has not passed.");
        await _crm.ExecuteAsync("update sync_states set whole_at = whole_at - interval '7 days'");
        await EditAsync(leads[50], new { price = 999 });

        var counts = await SyncAsync();

        await SyncedRows.AssertSameAsync(_crm);
        Assert.That((counts["leadsMissedAdded"], counts["leadsMissedChanged"], counts["leadsMissedDeleted"]), Is.EqualTo((1, 1, 1)), "The change that was told is none of them.");
        Assert.That((counts["companiesMissedAdded"], counts["companiesMissedChanged"], counts["companiesMissedDeleted"]), Is.EqualTo((0, 1, 0)));
        Assert.That((await SyncAsync()).ContainsKey("leadsMissedChanged"), Is.False, "The next one is due in a week.");
    }

    [Test]
    public async Task Our_own_writing_of_every_company_makes_no_work_for_the_next_night()
    {
        foreach (var company in _crm.Server.State.Companies.Living(SortBy.Id))
        {
            company.UpdatedAt = _crm.Server.State.Clock.Seconds;
        }

        var counts = await SyncAsync();

        Assert.That((counts["companies"], counts["companiesChanged"]), Is.EqualTo((0, 0)));
        Assert.That(await _crm.CountAsync("GET /api/v4/companies"), Is.Zero);
    }

    [Test]
    public async Task Account_that_hides_its_events_is_followed_by_its_trash()
    {
        await DeleteAsync(Living()[20]);
        await _crm.FailAsync("/api/v4/events", "402", count: 100);

        var counts = await SyncAsync();

        Assert.That(counts["leadsDeleted"], Is.EqualTo(1));
        await SyncedRows.AssertSameAsync(_crm);
    }

    private Lead[] Living() => [.. _crm.Server.State.Leads.Living(SortBy.Id).Cast<Lead>()];

    private Task<JsonElement> EditAsync(Lead lead, object change) => _crm.ControlAsync(HttpMethod.Post, $"leads/{lead.Id}", change);

    private Task<JsonElement> DeleteAsync(Lead lead) => _crm.ControlAsync(HttpMethod.Delete, $"leads/{lead.Id}");

    private async Task<int> RequestsAsync() => (await _crm.ControlAsync(HttpMethod.Get, "statistics")).GetProperty("requests").GetInt32();

    /// <summary>Each under a run of its own.</summary>
    private async Task<IReadOnlyDictionary<string, long>> SyncAsync()
    {
        var run = (await _crm.RunAsync()) with { Run = new(++_run) };
        return await _services.GetServices<IRunStep>().Single(step => step.Name == RunSteps.Sync).RunAsync(run, CancellationToken.None);
    }
}
