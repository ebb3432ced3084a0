using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Tests;

/// <summary>The data generator: the same for the same seed, and of the kinds that the product has to live with.</summary>
internal sealed class GeneratorTests : SandboxTest
{
    private static SandboxOptions Big => Still with { Companies = 400, Leads = 4000, Months = 36 };

    [Test]
    public async Task Same_seed_and_sizes_give_the_same_account_whatever_the_clock()
    {
        var (first, _) = await StartAsync(Still with { Until = new DateOnly(2026, 11, 1) });
        var (second, _) = await StartAsync(Still with { Until = new DateOnly(2026, 11, 1), Now = Now.AddDays(400) });
        var (other, _) = await StartAsync(Still with { Until = new DateOnly(2026, 11, 1), Seed = 2 });
        Assert.Multiple(() =>
        {
            Assert.That(Fingerprint(second), Is.EqualTo(Fingerprint(first)));
            Assert.That(Fingerprint(other), Is.Not.EqualTo(Fingerprint(first)));
        });
    }

    [TestCase(0, 0)]
    [TestCase(0, 50)]
    [TestCase(50, 0)]
    [TestCase(1, 1)]
    [TestCase(3, 500)]
    [TestCase(500, 30)]
    public async Task Exactly_the_wanted_numbers_are_made(int companies, int leads)
    {
        var (server, _) = await StartAsync(Still with { Companies = companies, Leads = leads });
        Assert.Multiple(() =>
        {
            Assert.That(server.State.Companies.Count, Is.EqualTo(companies));
            Assert.That(server.State.Leads.Count, Is.EqualTo(leads));
        });
    }

    [Test]
    public async Task History_ends_before_the_first_of_the_current_month_and_reaches_it()
    {
        var (server, _) = await StartAsync(Big);
        var end = server.State.Account.At(new DateOnly(2026, 11, 1), 0);
        var moments = server.State.Leads.All.SelectMany(lead => new[] { lead.UpdatedAt, lead.CreatedAt, lead.ClosedAt ?? 0 }).ToList();
        var lastPurchase = server.State.Leads.All.Where(lead => lead.StatusId == Lead.Won).Max(lead => lead.ClosedAt);
        Assert.Multiple(() =>
        {
            Assert.That(moments, Is.All.LessThan(end));
            Assert.That(lastPurchase, Is.GreaterThan(end - (7 * 86_400)));
        });
    }

    [Test]
    public async Task Every_kind_of_lead_occurs()
    {
        var (server, _) = await StartAsync(Big);
        var leads = server.State.Leads.All;
        var won = leads.Where(lead => lead.StatusId == Lead.Won).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(won, Has.Count.GreaterThan(leads.Count / 2));
            Assert.That(leads.Any(lead => lead.StatusId == Lead.Lost && lead.LossReasonId is not null), "lost with a reason");
            Assert.That(leads.Any(lead => lead.ClosedAt is null && lead.StatusId != 3006), "open");
            Assert.That(leads.Any(lead => lead.StatusId == 3006), "returned");
            Assert.That(won.Exists(lead => lead.Price == 0), "without amount");
            Assert.That(won.Exists(lead => lead.CompanyId is null && lead.ContactIds.Length > 0), "of a contact alone");
            Assert.That(won.Exists(lead => lead.CompanyId is null && lead.ContactIds.Length == 0), "of nobody");
            Assert.That(won.Exists(lead => lead.Field(700_001) is not null) && won.Exists(lead => lead.Field(700_001) is null), "with and without cost");
            Assert.That(leads.Select(lead => lead.PipelineId).Distinct().Count(), Is.EqualTo(3), "pipelines");
            Assert.That(leads.Select(lead => lead.ResponsibleUserId).Distinct().Count(), Is.GreaterThan(2), "managers");
        });
    }

    [Test]
    public async Task Some_companies_buy_often_some_once_and_some_never()
    {
        var (server, _) = await StartAsync(Big);
        var purchases = server.State.Leads.All.Where(lead => lead is { StatusId: Lead.Won, CompanyId: not null }).GroupBy(lead => lead.CompanyId).Select(group => group.Count()).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(purchases, Has.Count.InRange(300, 390));
            Assert.That(purchases, Has.Some.EqualTo(1));
            Assert.That(purchases.Max(), Is.GreaterThan(15));
        });
    }

    [Test]
    public async Task Purchases_of_a_company_slow_down()
    {
        var (server, _) = await StartAsync(Big);
        var gaps = server.State.Leads.All
            .Where(lead => lead is { StatusId: Lead.Won, CompanyId: not null })
            .GroupBy(lead => lead.CompanyId, lead => lead.ClosedAt!.Value)
            .Where(group => group.Count() >= 6)
            .Select(group => group.Order().ToList())
            .Select(days => (First: days[2] - days[0], Last: days[^1] - days[^3]))
            .ToList();
        Assert.That(gaps.Count(gap => gap.Last > gap.First), Is.GreaterThan(gaps.Count * 0.6));
    }

    [Test]
    public async Task December_sells_more_than_January()
    {
        var (server, _) = await StartAsync(Big);
        var months = server.State.Leads.All.Where(lead => lead.StatusId == Lead.Won).GroupBy(lead => server.State.Account.DayOf(DateTimeOffset.FromUnixTimeSeconds(lead.ClosedAt!.Value)).Month).ToDictionary(group => group.Key, group => group.Count());
        Assert.That(months[12], Is.GreaterThan(months[1] * 1.5));
    }

    [Test]
    public async Task A_name_that_breaks_careless_pages_is_among_the_companies()
    {
        var (server, _) = await StartAsync();
        Assert.That(server.State.Companies.All.Select(company => company.Name), Does.Contain("ООО \"Очень-очень длинное название с кавычками & <тегами>\""));
    }

    private static string Fingerprint(SandboxServer server) => string.Join('\n',
        server.State.Leads.All.Select(lead => $"{lead.Id} {lead.Name} {lead.Price} {lead.StatusId} {lead.ClosedAt} {lead.CompanyId} {string.Join(',', lead.ContactIds)} {lead.UpdatedAt}")
            .Concat(server.State.Companies.All.Select(company => $"{company.Id} {company.Name} {company.Fields.Length}"))
            .Concat(server.State.Contacts.All.Select(contact => $"{contact.Id} {contact.Name} {contact.CompanyId}")));
}
