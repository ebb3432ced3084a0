using AmoLtv.Host.Tests.Installing;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Host.Tests.Syncing;

/// <summary>
/// What the CRM tells of a merge is not documented: whether the card that was taken in is said to be deleted, and whether what was linked
/// to it gets a new time of change. A sync that follows changes finds it either way.
/// </summary>
[TestFixture, Category("Slow")]
public sealed class MergedCardTests
{
    private FollowedSandbox _followed = null!;

    private ConnectedSandbox Crm => _followed.Crm;

    [OneTimeSetUp]
    public async Task StartAsync() =>
        _followed = await FollowedSandbox.StartAsync(options => options with { Companies = 120, Leads = 1200, Filters = true });

    [OneTimeTearDown]
    public async Task StopAsync() => await _followed.DisposeAsync();

    [Test]
    public async Task Leads_and_contacts_of_a_merged_company_or_contact_follow_it(
        [Values("companies", "contacts")] string entity, [Values] bool tellsAbsorbed, [Values] bool touchesLinked)
    {
        var state = Crm.Server.State;
        var leads = state.Leads.Living(SortBy.Id).Cast<Lead>().ToList();
        var owners = entity == "companies"
            ? leads.Select(lead => lead.CompanyId).OfType<long>().Distinct().Take(2).ToList()
            : [.. leads.Where(lead => lead.ContactIds.Length > 0).Select(lead => lead.ContactIds[0]).Distinct().Take(2)];

        await Crm.ControlAsync(HttpMethod.Post, "merge", new { entity, survivor = owners[0], absorbed = new[] { owners[1] }, tellsAbsorbed, touchesLinked });
        var counts = await _followed.SyncAsync();

        await SyncedRows.AssertSameAsync(Crm);
        Assert.That(counts.ContainsKey("leadsMissedDeleted"), Is.False, "It was found without a whole scan.");
    }

    [Test]
    public async Task Lead_that_another_of_its_company_took_in_is_gone([Values] bool tellsAbsorbed)
    {
        var family = Crm.Server.State.Leads.Living(SortBy.Id).Cast<Lead>().Where(lead => lead.CompanyId is not null)
            .GroupBy(lead => lead.CompanyId).First(leads => leads.Count() > 2).Take(2).ToList();

        await Crm.ControlAsync(
            HttpMethod.Post, "merge", new { entity = "leads", survivor = family[0].Id, absorbed = new[] { family[1].Id }, price = 4321, tellsAbsorbed });
        var counts = await _followed.SyncAsync();

        await SyncedRows.AssertSameAsync(Crm);
        Assert.That(counts["leadsDeleted"], Is.EqualTo(1));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task Whatever_people_do_is_followed(int seed)
    {
        await Crm.ControlAsync(HttpMethod.Post, "edits", new { seed, count = 60, tellsAbsorbed = true, touchesLinked = seed % 2 == 0 });

        var counts = await _followed.SyncAsync();

        await SyncedRows.AssertSameAsync(Crm);
        Assert.That(counts.ContainsKey("leadsMissedDeleted"), Is.False);
    }

    [Test]
    public async Task Page_of_changed_leads_that_comes_twice_hides_none()
    {
        var changed = Crm.Server.State.Leads.Living(SortBy.Id).Take(400).ToList();
        await Crm.ControlAsync(HttpMethod.Post, "settle", new { });
        foreach (var lead in changed)
        {
            await Crm.ControlAsync(HttpMethod.Post, $"leads/{lead.Id}", new { price = 777 });
        }

        await Crm.FailAsync("/api/v4/leads", "duplicate");
        await _followed.SyncAsync();

        await SyncedRows.AssertSameAsync(Crm);
    }
}
