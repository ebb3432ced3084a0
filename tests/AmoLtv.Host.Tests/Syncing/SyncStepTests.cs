using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Host.Running;
using AmoLtv.Host.Settings;
using AmoLtv.Host.Tests.Installing;
using AmoLtv.Host.Tests.Running;
using AmoLtv.Sandbox;
using AmoLtv.Sandbox.State;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Syncing;

/// <summary>The step sync against the sandbox CRM and a real database: afterwards both hold the same.</summary>
[TestFixture, Category("Slow")]
public sealed class SyncStepTests
{
    private const int Leads = 1600;
    private ConnectedSandbox _crm = null!;
    private IServiceProvider _services = null!;

    [SetUp]
    public async Task ConnectAsync()
    {
        _crm = await ConnectedSandbox.StartAsync(options => (options with { Companies = 300, Leads = Leads }).Hurried());
        await _crm.ConnectAsync();
        // Another process than the one that serves: its scheduler goes by the machine's time, whatever the tests make of the CRM's.
        _services = _crm.NewProcess([.. HurriedCrm.Settings(_crm.Server)]);
        await _crm.ControlAsync(HttpMethod.Delete, "statistics");
    }

    [TearDown]
    public async Task StopAsync() => await _crm.DisposeAsync();

    [Test]
    public async Task Database_holds_what_the_CRM_holds()
    {
        var counts = await SyncAsync();

        await AssertSameAsync();
        Assert.That((counts["leads"], counts["leadsAdded"]), Is.EqualTo((Leads, Leads)));
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from stages"), Is.EqualTo(_crm.Server.State.Pipelines.Sum(pipeline => pipeline.Stages.Length)));
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from users"), Is.EqualTo(_crm.Server.State.Users.Count));
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from loss_reasons"), Is.EqualTo(_crm.Server.State.LossReasons.Count));
        Assert.That(await _crm.ScalarAsync<string>("select time_zone from accounts"), Is.EqualTo(_crm.Server.State.Account.TimeZoneId));
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from accounts where synced_at is not null"), Is.EqualTo(1));
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from sync_cursors"), Is.Zero);
    }

    [Test]
    public async Task Account_larger_than_it_may_be_is_not_read_to_its_end_and_its_run_says_so()
    {
        var limited = _crm.NewProcess([.. HurriedCrm.Settings(_crm.Server), ("Syncing:MaxLeads", "1000")]);

        var outcome = await limited.GetRequiredService<AccountRunner>().RunAsync(
            new AccountId(_crm.Server.State.Account.Id), new RunRequest(RunCause.Command, [RunSteps.Sync], null, TimeSpan.Zero), null, CancellationToken.None);

        Assert.That(outcome.IsFinished, Is.False);
        Assert.That(outcome.Error, Does.Contain("more than 1,000 leads").And.Contain("Syncing:MaxLeads"));
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from leads"), Is.InRange(1, 1250));
    }

    [Test]
    public async Task Unchanged_account_changes_no_row()
    {
        await SyncAsync();
        var before = await _crm.ScalarAsync<string>("select max(xmin::text::bigint)::text from leads");

        var counts = await SyncAsync();

        Assert.That(counts.Where(count => count.Key.EndsWith("ed", StringComparison.Ordinal)).Sum(count => count.Value), Is.Zero);
        Assert.That(await _crm.ScalarAsync<string>("select max(xmin::text::bigint)::text from leads"), Is.EqualTo(before));
    }

    [Test]
    public async Task Change_a_new_lead_and_deletions_are_found()
    {
        await SyncAsync();
        var leads = _crm.Server.State.Leads.Living(SortBy.Id);
        await _crm.ControlAsync(HttpMethod.Post, $"leads/{leads[700].Id}", new { price = 777 });
        await _crm.ControlAsync(HttpMethod.Delete, $"leads/{leads[0].Id}");
        await _crm.ControlAsync(HttpMethod.Delete, $"leads/{leads[600].Id}");
        await _crm.ControlAsync(HttpMethod.Delete, $"leads/{leads[^1].Id}");

        var counts = await SyncAsync();

        Assert.That((counts["leadsChanged"], counts["leadsDeleted"]), Is.EqualTo((1, 3)));
        await AssertSameAsync();
    }

    [Test]
    public async Task Lead_that_is_not_listed_but_still_there_is_not_deleted()
    {
        await SyncAsync();
        var hidden = _crm.Server.State.Leads.Living(SortBy.Id)[5].Id;
        await _crm.ControlAsync(HttpMethod.Delete, $"leads/{hidden}");
        await SyncAsync();

        // Back from the trash: its number is below the others, and the mark must go.
        await _crm.ControlAsync(HttpMethod.Post, $"leads/{hidden}", new { is_deleted = false });
        await SyncAsync();

        await AssertSameAsync();
    }

    [TestCase("html")]
    [TestCase("truncated")]
    [TestCase("lost")]
    [TestCase("500")]
    [TestCase("429")]
    public async Task Trouble_on_the_way_is_passed_over_within_seconds(string kind)
    {
        await _crm.FailAsync("/api/v4/leads", kind, count: 2, after: 1);

        await SyncAsync();

        await AssertSameAsync();
    }

    [Test]
    public async Task Expired_token_is_renewed_in_the_middle()
    {
        await _crm.ControlAsync(HttpMethod.Post, "clock", new { advanceSeconds = 90_000 });

        // A service on the machine's clock does not see the end coming: the CRM rejects the token.
        await SyncAsync(_crm.NewProcess(), _crm);

        await AssertSameAsync();
        Assert.That(await _crm.CountAsync("POST /oauth2/access_token"), Is.EqualTo(1));
    }

    [Test]
    public async Task Interrupted_sync_goes_on_where_it_stood_and_ends_the_same()
    {
        await _crm.FailAsync("/api/v4/leads", "403", count: 100, after: 4);
        Assert.That(async () => await SyncAsync(), Throws.TypeOf<CrmException>().With.Property(nameof(CrmException.Failure)).EqualTo(CrmFailure.Forbidden));
        var page = await _crm.ScalarAsync<int>("select next_page from sync_cursors where entity_type = 2");
        Assert.That(page, Is.GreaterThan(1), "Nothing was kept of the interrupted sync.");
        await _crm.ControlAsync(HttpMethod.Delete, "faults");
        await _crm.ControlAsync(HttpMethod.Delete, "statistics");

        await SyncAsync();

        await AssertSameAsync();
        var pages = (Leads + 249) / 250;
        // From the page before the cursor on; up to five were asked ahead of the last.
        Assert.That(await _crm.CountAsync("GET /api/v4/leads"), Is.InRange(pages - page + 2, pages - page + 2 + 5));
    }

    [Test]
    public async Task Lead_deleted_during_the_break_hides_no_other()
    {
        await _crm.FailAsync("/api/v4/leads", "403", count: 100, after: 4);
        Assert.That(async () => await SyncAsync(), Throws.TypeOf<CrmException>());
        foreach (var lead in _crm.Server.State.Leads.Living(SortBy.Id).Take(300))
        {
            await _crm.ControlAsync(HttpMethod.Delete, $"leads/{lead.Id}");
        }

        await _crm.ControlAsync(HttpMethod.Delete, "faults");
        await SyncAsync();

        await AssertSameAsync();
    }

    /// <summary>The first row of the next page moves up to one that was read; nothing is stored that it could be missed by.</summary>
    [Test]
    public async Task Lead_deleted_while_all_are_read_for_the_first_time_hides_another_until_the_next_sync_which_is_due_at_once()
    {
        var gone = _crm.Server.State.Leads.Living(SortBy.Id)[0].Id;
        var meanwhile = new Meanwhile("leads: ", () => _crm.ControlAsync(HttpMethod.Delete, $"leads/{gone}"));
        var outcome = await _services.GetRequiredService<AccountRunner>().RunAsync(
            new AccountId(_crm.Server.State.Account.Id), new RunRequest(RunCause.Command, [RunSteps.Sync], null, TimeSpan.Zero), meanwhile, CancellationToken.None);
        Assert.That((outcome.Error, meanwhile.IsDone, await _crm.ScalarAsync<long>("select count(*) from leads")), Is.EqualTo(((string?)null, true, Leads - 1L)));
        Assert.That(await _crm.ScalarAsync<bool>("select is_whole_asked and whole_from is not null from sync_states"), Is.True);

        await SyncAsync();

        await AssertSameAsync();
        Assert.That(await _crm.ScalarAsync<bool>("select is_whole_asked from sync_states"), Is.False);
    }

    [Test]
    public async Task Run_that_was_replaced_writes_nothing_more()
    {
        var run = await _crm.RunAsync();
        await _crm.ExecuteAsync("update accounts set epoch = epoch + 1");

        Assert.That(async () => await Step().RunAsync(run, CancellationToken.None), Throws.TypeOf<RunFencedException>());
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from leads"), Is.Zero);
    }

    [Test]
    public async Task Values_are_stored_of_those_fields_that_settings_or_outputs_use()
    {
        await SyncAsync();
        var lead = _crm.Server.State.Leads.Living(SortBy.Id).First(row => row.Fields.Length > 0);
        var field = lead.Fields[0].FieldId;
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from leads where fields <> '{}'"), Is.Zero);
        await _services.GetRequiredService<SettingsStore>().ChangeAsync(
            _crm.Account, settings => settings with { Channel = settings.Channel with { Kind = ChannelKind.Field, Field = new FieldId(field) } },
            "test", null, CancellationToken.None);

        await SyncAsync();

        Assert.That(
            await _crm.ScalarAsync<string>($"select fields ->> '{field}' from leads where lead_id = {lead.Id}"), Is.Not.Null.And.Not.Empty);
    }

    [Test]
    public async Task First_entries_into_counted_stages_are_kept_from_events()
    {
        var lead = _crm.Server.State.Leads.Living(SortBy.Id).First(row => row.StatusId is not (Lead.Won or Lead.Lost));
        var stage = _crm.Server.State.Pipelines.First(pipeline => pipeline.Id == lead.PipelineId).Stages.First(
            other => other.IsEditable && other.Id != lead.StatusId);
        await CountStagesAsync(lead.PipelineId, [stage.Id]);
        await _crm.ControlAsync(HttpMethod.Post, $"leads/{lead.Id}", new { status_id = stage.Id });

        await SyncAsync();

        Assert.That(await _crm.ScalarAsync<long>($"select count(*) from stage_entries where lead_id = {lead.Id} and status_id = {stage.Id}"), Is.EqualTo(1));
    }

    [Test]
    public async Task Interrupted_reading_of_events_is_done_again_and_ends_the_same()
    {
        var pipeline = _crm.Server.State.Pipelines[0];
        await CountStagesAsync(pipeline.Id, pipeline.Stages.Where(stage => stage.IsEditable).Select(stage => stage.Id));
        await _crm.FailAsync("/api/v4/events", "403", count: 50, after: 3);
        Assert.That(async () => await SyncAsync(), Throws.TypeOf<CrmException>());
        var half = await EntriesAsync();
        await _crm.ControlAsync(HttpMethod.Delete, "faults");

        await SyncAsync();

        var resumed = await EntriesAsync();
        await _crm.ExecuteAsync("delete from stage_entries; delete from stage_event_cursors");
        await SyncAsync();
        Assert.That(resumed, Is.EqualTo(await EntriesAsync()));
        Assert.That(half, Has.Count.InRange(1, resumed.Count - 1), "The reading was not interrupted in its middle.");
    }

    [Test]
    public async Task Stage_that_is_counted_again_gets_the_entries_made_in_between()
    {
        var lead = _crm.Server.State.Leads.Living(SortBy.Id).First(row => row.StatusId is not (Lead.Won or Lead.Lost));
        var stage = _crm.Server.State.Pipelines.First(pipeline => pipeline.Id == lead.PipelineId).Stages.First(
            other => other.IsEditable && other.Id != lead.StatusId);
        await CountStagesAsync(lead.PipelineId, [stage.Id]);
        await SyncAsync();
        await CountStagesAsync(lead.PipelineId, []);
        await SyncAsync();
        await _crm.ControlAsync(HttpMethod.Post, $"leads/{lead.Id}", new { status_id = stage.Id });
        await _crm.ControlAsync(HttpMethod.Post, "clock", new { advanceSeconds = 86_400 * 5 });
        await SyncAsync();
        await CountStagesAsync(lead.PipelineId, [stage.Id]);

        await SyncAsync();

        Assert.That(await _crm.ScalarAsync<long>($"select count(*) from stage_entries where lead_id = {lead.Id} and status_id = {stage.Id}"), Is.EqualTo(1));
    }

    private Task<SavedSettings> CountStagesAsync(long pipeline, IEnumerable<long> statuses) =>
        _services.GetRequiredService<SettingsStore>().ChangeAsync(
            _crm.Account,
            settings => settings with
            {
                WonStages = settings.WonStages with
                {
                    ExtraStages = [.. statuses.Select(status => new StageKey(new PipelineId(pipeline), new StatusId(status)))],
                },
            },
            "test", null, CancellationToken.None);

    private async Task<List<string>> EntriesAsync()
    {
        await using var connection = await _crm.Database.OpenConnectionAsync();
        return [.. await connection.QueryAsync<string>(
            "select concat_ws('|', lead_id, pipeline_id, status_id, extract(epoch from entered_at)) from stage_entries order by 1")];
    }

    private Task<IReadOnlyDictionary<string, long>> SyncAsync() => SyncAsync(_services, _crm);

    private static async Task<IReadOnlyDictionary<string, long>> SyncAsync(IServiceProvider services, ConnectedSandbox crm) =>
        await services.GetServices<IRunStep>().Single(step => step.Name == RunSteps.Sync).RunAsync(await crm.RunAsync(), CancellationToken.None);

    private IRunStep Step() => _services.GetServices<IRunStep>().Single(step => step.Name == RunSteps.Sync);

    private Task AssertSameAsync() => SyncedRows.AssertSameAsync(_crm);
}
