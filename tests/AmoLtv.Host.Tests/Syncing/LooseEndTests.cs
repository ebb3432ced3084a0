using AmoLtv.Host.Running;
using AmoLtv.Host.Tests.Installing;
using AmoLtv.Sandbox.State;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Syncing;

/// <summary>What nobody tells of: the next reading finds it without a whole scan.</summary>
[TestFixture]
public sealed class LooseEndTests
{
    private ConnectedSandbox _crm = null!;
    private IServiceProvider _services = null!;
    private long _run;

    [SetUp]
    public async Task ConnectAsync()
    {
        _crm = await ConnectedSandbox.StartAsync(options => (options with { Companies = 20, Leads = 80, HidesTrashedLinks = true }).Hurried());
        await _crm.ConnectAsync();
        _services = _crm.NewProcess([.. HurriedCrm.Settings(_crm.Server)]);
        await SyncAsync();
    }

    [TearDown]
    public async Task StopAsync() => await _crm.DisposeAsync();

    [TestCase("companies")]
    [TestCase("contacts")]
    public async Task Leads_of_a_restored_card_have_it_again_where_links_to_the_trash_were_hidden(string entity)
    {
        var owner = Owner(entity);
        await _crm.ControlAsync(HttpMethod.Delete, $"{entity}/{owner}");
        await SyncAsync();
        Assert.That(await LeadsOfAsync(entity, owner), Is.Zero, "The CRM hides links to the trash.");

        await _crm.ControlAsync(HttpMethod.Post, $"{entity}/{owner}/restore", new { });
        await SyncAsync();

        Assert.That(await LeadsOfAsync(entity, owner), Is.Positive);
        await SyncedRows.AssertSameAsync(_crm);
    }

    [Test]
    public async Task Lead_that_one_of_another_company_took_in_unsaid_is_gone()
    {
        var leads = _crm.Server.State.Leads.Living(SortBy.Id);
        var survivor = leads.First(lead => lead.CompanyId is not null);
        var absorbed = leads.First(lead => lead.CompanyId is not null && lead.CompanyId != survivor.CompanyId && !lead.ContactIds.Intersect(survivor.ContactIds).Any());

        await _crm.ControlAsync(HttpMethod.Post, "merge", new { entity = "leads", survivor = survivor.Id, absorbed = new[] { absorbed.Id }, tellsAbsorbed = false });
        var counts = await SyncAsync();

        Assert.That(counts["leadsDeleted"], Is.EqualTo(1));
        await SyncedRows.AssertSameAsync(_crm);
    }

    private long Owner(string entity)
    {
        var leads = _crm.Server.State.Leads.Living(SortBy.Id);
        return entity == "companies" ? leads.Select(lead => lead.CompanyId).OfType<long>().First() : leads.First(lead => lead.ContactIds.Length > 0).ContactIds[0];
    }

    private Task<long> LeadsOfAsync(string entity, long owner) =>
        _crm.ScalarAsync<long>($"select count(*) from leads where not is_deleted and {(entity == "companies" ? "company_id" : "main_contact_id")} = {owner}");

    /// <summary>Each under a run of its own, which is kept as finished.</summary>
    private async Task<IReadOnlyDictionary<string, long>> SyncAsync()
    {
        var run = (await _crm.RunAsync()) with { Run = new(++_run) };
        var counts = await _services.GetServices<IRunStep>().Single(step => step.Name == RunSteps.Sync).RunAsync(run, CancellationToken.None);
        await _crm.ExecuteAsync(
            "insert into run_steps (account_id, run_id, step, status, started_at) select account_id, @Run, 'sync', 'finished', now() from accounts", new { Run = _run });
        return counts;
    }
}
