using AmoLtv.Host.Tests.Installing;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Host.Tests.Syncing;

/// <summary>What nobody tells of: the next reading finds it without a whole scan.</summary>
[TestFixture, Category("Slow")]
public sealed class LooseEndTests
{
    private FollowedSandbox _followed = null!;

    private ConnectedSandbox Crm => _followed.Crm;

    [SetUp]
    public async Task StartAsync() =>
        _followed = await FollowedSandbox.StartAsync(options => options with { Companies = 20, Leads = 80, HidesTrashedLinks = true, DanglingNext = true });

    [TearDown]
    public async Task StopAsync() => await _followed.DisposeAsync();

    [TestCase("companies")]
    [TestCase("contacts")]
    public async Task Leads_of_a_restored_card_have_it_again_where_links_to_the_trash_were_hidden(string entity)
    {
        var owner = Owner(entity);
        await Crm.ControlAsync(HttpMethod.Delete, $"{entity}/{owner}");
        await SyncAsync();
        Assert.That(await LeadsOfAsync(entity, owner), Is.Zero, "The CRM hides links to the trash.");

        await Crm.ControlAsync(HttpMethod.Post, $"{entity}/{owner}/restore", new { });
        await SyncAsync();

        Assert.That(await LeadsOfAsync(entity, owner), Is.Positive);
        await SyncedRows.AssertSameAsync(Crm);
    }

    [Test]
    public async Task Lead_that_one_of_another_company_took_in_unsaid_is_gone()
    {
        var leads = Crm.Server.State.Leads.Living(SortBy.Id);
        var survivor = leads.First(lead => lead.CompanyId is not null);
        var absorbed = leads.First(lead => lead.CompanyId is not null && lead.CompanyId != survivor.CompanyId && !lead.ContactIds.Intersect(survivor.ContactIds).Any());

        await Crm.ControlAsync(HttpMethod.Post, "merge", new { entity = "leads", survivor = survivor.Id, absorbed = new[] { absorbed.Id }, tellsAbsorbed = false });
        var counts = await SyncAsync();

        Assert.That(counts["leadsDeleted"], Is.EqualTo(1));
        await SyncedRows.AssertSameAsync(Crm);
    }

    [TestCase("companies")]
    [TestCase("contacts")]
    public async Task Card_deleted_and_at_once_restored_is_there_though_the_clock_was_set_back_between(string entity)
    {
        var owner = Owner(entity);
        await Crm.ControlAsync(HttpMethod.Delete, $"{entity}/{owner}");
        Crm.Server.State.Clock.Advance(TimeSpan.FromSeconds(-20));
        await Crm.ControlAsync(HttpMethod.Post, $"{entity}/{owner}/restore", new { });

        await SyncAsync();
        await SyncedRows.AssertSameAsync(Crm);
        // The next reading sees both events once more.
        await SyncAsync();
        await SyncedRows.AssertSameAsync(Crm);
    }

    private Task<IReadOnlyDictionary<string, long>> SyncAsync() => _followed.SyncAsync();

    private long Owner(string entity)
    {
        var leads = Crm.Server.State.Leads.Living(SortBy.Id);
        return entity == "companies" ? leads.Select(lead => lead.CompanyId).OfType<long>().First() : leads.First(lead => lead.ContactIds.Length > 0).ContactIds[0];
    }

    private Task<long> LeadsOfAsync(string entity, long owner) =>
        Crm.ScalarAsync<long>($"select count(*) from leads where not is_deleted and {(entity == "companies" ? "company_id" : "main_contact_id")} = {owner}");
}
