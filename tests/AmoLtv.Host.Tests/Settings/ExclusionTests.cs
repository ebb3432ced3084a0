using AmoLtv.Core.Identity;
using AmoLtv.Core.Valuation;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Settings;
using AmoLtv.Host.Tests.Valuing;
using Npgsql;

namespace AmoLtv.Host.Tests.Settings;

public sealed class ExclusionTests
{
    private string _connectionString = null!;
    private NpgsqlDataSource _database = null!;
    private AccountRows _account = null!;
    private FixedTime _time = null!;
    private string _file = null!;

    [OneTimeSetUp]
    public async Task CreateDatabaseAsync()
    {
        _connectionString = await DatabaseServer.CreateMigratedDatabaseAsync();
        _database = NpgsqlDataSource.Create(_connectionString);
    }

    [OneTimeTearDown]
    public async Task CloseAsync() => await _database.DisposeAsync();

    [SetUp]
    public async Task ConnectAccountAsync()
    {
        _time = new FixedTime("2026-11-21T12:00:00Z");
        _account = await AccountRows.CreateAsync(_connectionString, _time);
        _file = Path.GetTempFileName();
    }

    [TearDown]
    public void RemoveFile() => File.Delete(_file);

    [Test]
    public async Task A_lead_excluded_by_hand_does_not_count_until_it_is_taken_back()
    {
        var store = new ExclusionStore(_database, _time);
        await _account.WinAsync(1, 100, "2026-03-01T10:00:00Z", company: 10);
        await _account.WinAsync(2, 40, "2026-03-01T10:00:00Z", company: 10);

        await store.AddAsync(_account.Id, new LeadId(1), "a test deal", "anna", CancellationToken.None);
        await _account.RecalculateAsync();
        var without = await RevenueAsync();
        await store.RevokeAsync(_account.Id, new LeadId(1), "boris", CancellationToken.None);
        await _account.RecalculateAsync();

        Assert.That((without, await RevenueAsync()), Is.EqualTo((40m, 140m)));
    }

    [Test]
    public async Task Excluding_and_taking_back_both_leave_a_trace()
    {
        var store = new ExclusionStore(_database, _time);
        var lead = new LeadId(1);

        var first = await store.AddAsync(_account.Id, lead, "a test deal", "anna", CancellationToken.None);
        var again = await store.AddAsync(_account.Id, lead, "once more", "anna", CancellationToken.None);
        var revoked = await store.RevokeAsync(_account.Id, lead, "boris", CancellationToken.None);
        var nothing = await store.RevokeAsync(_account.Id, lead, "boris", CancellationToken.None);
        await store.AddAsync(_account.Id, lead, "it was one after all", "anna", CancellationToken.None);

        var trace = await store.ListAsync(_account.Id, CancellationToken.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((first, again, revoked, nothing), Is.EqualTo((true, false, true, false)));
            Assert.That(trace.Select(entry => (entry.Comment, entry.ExcludedBy, entry.RevokedBy)), Is.EqualTo(new (string, string, string?)[]
            {
                ("it was one after all", "anna", null), ("a test deal", "anna", "boris"),
            }));
        }
    }

    [Test]
    public async Task Spend_of_a_file_is_entered_and_replaces_what_it_names()
    {
        var store = new ChannelSpendStore(_database);
        await store.SaveAsync(_account.Id, [new("ads", new(2026, 3, 1), 5), new("seo", new(2026, 3, 1), 7)], replacesAll: false, CancellationToken.None);
        await File.WriteAllTextAsync(_file, "\uFEFFmonth;amount;channel\r\n2026-03;1234,56;ads\r\n04.2026;10;\"Яндекс; поиск\"\r\n");

        await store.SaveAsync(_account.Id, ChannelSpendFile.Read(_file), replacesAll: false, CancellationToken.None);

        Assert.That(await store.ListAsync(_account.Id, CancellationToken.None), Is.EquivalentTo(new ChannelSpend[]
        {
            new("ads", new(2026, 3, 1), 1234.56m), new("seo", new(2026, 3, 1), 7), new("Яндекс; поиск", new(2026, 4, 1), 10),
        }));
    }

    [TestCase("channel,month,amount\nads,2026-03,1\nads,2026-13,1\n", "line 3: month '2026-13' is no month")]
    [TestCase("channel,month,amount\nads,2026-03,ten\n", "line 2: amount 'ten' is no number")]
    [TestCase("channel,month,amount\nads,2026-03,-1\n", "line 2: amount is below 0")]
    [TestCase("channel,month,amount\n,2026-03,1\n", "line 2: channel is empty")]
    [TestCase("channel,month,amount\nads,2026-03,1\nADS,2026-03,2\n", "line 3: channel 'ADS' has this month twice")]
    [TestCase("channel,sum\nads,1\n", "line 1: the header has no column 'month'")]
    [TestCase("channel,month,amount\nads,2026-03,1\nads,2026-04\n", "line 3")]
    [TestCase("channel,month,amount\nads,2026-03,1\n\"ads,2026-04,3\n", "line 3")]
    [TestCase("", "line 1")]
    public async Task A_file_that_cannot_be_read_is_refused_with_its_line(string text, string message)
    {
        await File.WriteAllTextAsync(_file, text);

        Assert.That(() => ChannelSpendFile.Read(_file), Throws.TypeOf<CommandFailedException>().With.Message.Contains(message));
    }

    [Test]
    public async Task A_file_that_is_not_text_is_refused()
    {
        await File.WriteAllBytesAsync(_file, [0xCA, 0xE0, 0xED, 0xE0, 0xEB]);

        Assert.That(() => ChannelSpendFile.Read(_file), Throws.TypeOf<CommandFailedException>().With.Message.Contains("is not UTF-8"));
        Assert.That(() => ChannelSpendFile.Read(_file + ".missing"), Throws.TypeOf<CommandFailedException>().With.Message.Contains("cannot be read"));
    }

    [Test]
    public async Task Confirming_the_currency_takes_the_one_the_crm_names()
    {
        await _account.ExecuteAsync("update accounts set currency = 'USD', confirmed_currency = 'RUB' where account_id = @Account");

        var confirmed = await new CurrencyStore(_database).ConfirmAsync(_account.Id, CancellationToken.None);

        Assert.That((confirmed, await _account.ScalarAsync<string>("select confirmed_currency from accounts where account_id = @Account")), Is.EqualTo(("USD", "USD")));
    }

    private Task<decimal> RevenueAsync() =>
        _account.ScalarAsync<decimal>("select revenue from customer_values where account_id = @Account");
}
