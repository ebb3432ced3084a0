using AmoLtv.Host.Running;
using AmoLtv.Host.Tests.Installing;
using AmoLtv.Sandbox.State;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Syncing;

/// <summary>
/// What the CRM tells of a merge is not documented: whether the card that was taken in is said to be deleted, and whether what was linked
/// to it gets a new time of change. A sync that follows changes finds it either way.
/// </summary>
[TestFixture]
public sealed class MergedCardTests
{
    private ConnectedSandbox _crm = null!;
    private IServiceProvider _services = null!;
    private long _run;

    [OneTimeSetUp]
    public async Task ConnectAsync()
    {
        _crm = await ConnectedSandbox.StartAsync(options => (options with { Companies = 120, Leads = 1200, Filters = true }).Hurried());
        await _crm.ConnectAsync();
        _services = _crm.NewProcess([.. HurriedCrm.Settings(_crm.Server)]);
        await SyncAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _crm.DisposeAsync();

    [Test]
    public async Task Leads_and_contacts_of_a_merged_company_or_contact_follow_it(
        [Values("companies", "contacts")] string entity, [Values] bool tellsAbsorbed, [Values] bool touchesLinked)
    {
        var state = _crm.Server.State;
        var leads = state.Leads.Living(SortBy.Id).Cast<Lead>().ToList();
        var owners = entity == "companies"
            ? leads.Select(lead => lead.CompanyId).OfType<long>().Distinct().Take(2).ToList()
            : [.. leads.Where(lead => lead.ContactIds.Length > 0).Select(lead => lead.ContactIds[0]).Distinct().Take(2)];

        await _crm.ControlAsync(HttpMethod.Post, "merge", new { entity, survivor = owners[0], absorbed = new[] { owners[1] }, tellsAbsorbed, touchesLinked });
        var counts = await SyncAsync();

        await SyncedRows.AssertSameAsync(_crm);
        Assert.That(counts.ContainsKey("leadsMissedDeleted"), Is.False, "It was found without a whole scan.");
    }

    [Test]
    public async Task Lead_that_another_of_its_company_took_in_is_gone([Values] bool tellsAbsorbed)
    {
        var family = _crm.Server.State.Leads.Living(SortBy.Id).Cast<Lead>().Where(lead => lead.CompanyId is not null)
            .GroupBy(lead => lead.CompanyId).First(leads => leads.Count() > 2).Take(2).ToList();

        await _crm.ControlAsync(
            HttpMethod.Post, "merge", new { entity = "leads", survivor = family[0].Id, absorbed = new[] { family[1].Id }, price = 4321, tellsAbsorbed });
        var counts = await SyncAsync();

        await SyncedRows.AssertSameAsync(_crm);
        Assert.That(counts["leadsDeleted"], Is.EqualTo(1));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task Whatever_people_do_is_followed(int seed)
    {
        await _crm.ControlAsync(HttpMethod.Post, "edits", new { seed, count = 60, tellsAbsorbed = true, touchesLinked = seed % 2 == 0 });

        var counts = await SyncAsync();

        await SyncedRows.AssertSameAsync(_crm);
        Assert.That(counts.ContainsKey("leadsMissedDeleted"), Is.False);
    }

    private async Task<IReadOnlyDictionary<string, long>> SyncAsync()
    {
        var run = (await _crm.RunAsync()) with { Run = new(++_run) };
        return await _services.GetServices<IRunStep>().Single(step => step.Name == RunSteps.Sync).RunAsync(run, CancellationToken.None);
    }
}
