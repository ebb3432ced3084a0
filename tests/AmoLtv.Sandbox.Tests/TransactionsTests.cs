using AmoLtv.Testing;

namespace AmoLtv.Sandbox.Tests;

/// <summary>A CSV of purchases served as won leads.</summary>
internal sealed class TransactionsTests : SandboxTest
{
    private string _file = "";

    [SetUp]
    public void NameFile() => _file = Path.Combine(Path.GetTempPath(), $"sandbox-{Guid.NewGuid():N}.csv");

    [TearDown]
    public void RemoveFile() => File.Delete(_file);

    [Test]
    public async Task Rows_become_won_leads_closed_at_noon_of_the_accounts_day()
    {
        var (server, caller) = await StartInstalledAsync(Serving("00007,2024-02-29,100\n\"ООО \"\"Ромашка, и Ко\"\"\",2024-03-01,0\n00007,2024-03-02,250\n"));
        var leads = await caller.AllAsync("leads", "leads");
        var companies = await caller.AllAsync("companies", "companies");
        string[] names = ["00007", "ООО \"Ромашка, и Ко\""];
        long[] prices = [100, 0, 250];
        Assert.Multiple(() =>
        {
            Assert.That(companies.Select(company => company.GetProperty("name").GetString()), Is.EqualTo(names));
            Assert.That(leads.Select(lead => lead.GetProperty("price").GetInt64()), Is.EqualTo(prices));
            Assert.That(leads.Select(lead => lead.GetProperty("status_id").GetInt64()), Is.All.EqualTo(142));
            Assert.That(leads[0].GetProperty("closed_at").GetInt64(), Is.EqualTo(new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.FromHours(3)).ToUnixTimeSeconds()));
            Assert.That(leads[2].GetProperty("_embedded").GetProperty("companies")[0].GetProperty("id").GetInt64(), Is.EqualTo(companies[0].GetProperty("id").GetInt64()));
            Assert.That(server.State.Account.Brand, Is.EqualTo(Brand.Amocrm));
            Assert.That(server.State.Contacts.Count, Is.Zero);
        });
    }

    [Test]
    public async Task Fractions_start_it_as_kommo_and_it_says_so()
    {
        var said = new List<string>();
        var (server, caller) = await StartInstalledAsync(Serving("1,2024-02-29,100.55\n") with { Say = said.Add });
        var lead = Element(await caller.ReadAsync("leads"), "leads");
        Assert.Multiple(() =>
        {
            Assert.That(server.State.Account.Brand, Is.EqualTo(Brand.Kommo));
            Assert.That(said, Has.Some.Contains("kommo"));
            Assert.That(lead.GetProperty("price").GetInt64(), Is.EqualTo(100));
            Assert.That(lead.GetProperty("price_with_minor_units").GetDecimal(), Is.EqualTo(100.55m));
        });
    }

    [Test]
    public void Fractions_on_a_forced_amocrm_are_an_error_that_says_why() =>
        Assert.That(
            async () => await SandboxServer.StartAsync(Serving("1,2024-02-29,100\n1,2024-03-01,0.5\n") with { Brand = Brand.Amocrm }),
            Throws.InstanceOf<SandboxException>().With.Message.Contains("line 3").And.Message.Contains("integer"));

    [TestCase("1,2024-02-30,5\n", "2024-02-30")]
    [TestCase("1,29.02.2024,5\n", "29.02.2024")]
    [TestCase("1,2024-02-29,пять\n", "пять")]
    [TestCase("1,2024-02-29,\"5,5\"\n", "5,5")]
    [TestCase("1,2024-02-29,-5\n", "below zero")]
    [TestCase("1,2024-02-29,5.123\n", "two decimals")]
    [TestCase("1,2024-02-29,1000000000000\n", "too large")]
    [TestCase("1,2024-02-29\n", "three")]
    [TestCase(",2024-02-29,5\n", "customer_id")]
    public void Bad_row_is_an_error_that_names_its_line_and_what_is_wrong(string row, string what) =>
        Assert.That(
            async () => await SandboxServer.StartAsync(Serving("1,2024-01-01,5\n" + row)),
            Throws.InstanceOf<SandboxException>().With.Message.Contains("line 3").And.Message.Contains(what));

    [Test]
    public void Missing_file_and_wrong_header_are_errors_in_words()
    {
        File.WriteAllText(_file, "a,b,c\n");
        Assert.Multiple(() =>
        {
            Assert.That(async () => await SandboxServer.StartAsync(Still with { TransactionsFile = _file }), Throws.InstanceOf<SandboxException>().With.Message.Contains("customer_id,date,amount"));
            Assert.That(async () => await SandboxServer.StartAsync(Still with { TransactionsFile = _file + ".none" }), Throws.InstanceOf<SandboxException>().With.Message.Contains("no file"));
        });
    }

    [Test]
    public async Task Sample_of_cd_buyers_is_served_to_the_cent()
    {
        var file = Repository.SharedData("cdnow_sample.csv");
        var (server, caller) = await StartInstalledAsync(Still with { TransactionsFile = file });
        var leads = await caller.AllAsync("leads?limit=250", "leads");
        Assert.Multiple(() =>
        {
            Assert.That(server.State.Companies.Count, Is.EqualTo(2357));
            Assert.That(leads, Has.Count.EqualTo(6919));
            Assert.That(leads.Sum(lead => lead.GetProperty("price_with_minor_units").GetDecimal()), Is.EqualTo(244_091.94m));
            Assert.That(leads.Count(lead => lead.GetProperty("price_with_minor_units").GetDecimal() == 0), Is.EqualTo(8));
        });
    }

    private SandboxOptions Serving(string rows)
    {
        File.WriteAllText(_file, "customer_id,date,amount\n" + rows);
        return Still with { TransactionsFile = _file };
    }
}
