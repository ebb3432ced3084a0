using System.Text.Json;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Host.Analytics.Answers;
using AmoLtv.Host.Analytics.Lists;
using AmoLtv.Host.Tests.Valuing;
using Npgsql;

namespace AmoLtv.Host.Tests.Analytics;

/// <summary>What clients buy and buy next, over rows as the sync leaves them: figures, lists behind them, and what is said where there is nothing.</summary>
[TestFixture, Category("Slow")]
public sealed class ProductAnalysisTests
{
    private const string Rows = "select md5(coalesce(string_agg(xmin::text || customer_id || element_id, ',' order by element_id, scope, customer_id), '')) from analysed_products where account_id = @Account";

    private string _database = null!;
    private AnalysedRows _rows = null!;
    private long _lead;

    [OneTimeSetUp]
    public async Task CreateDatabaseAsync() => _database = await DatabaseServer.CreateMigratedDatabaseAsync();

    [SetUp]
    public async Task ConnectAccountAsync()
    {
        _rows = await AnalysedRows.CreateAsync(_database, new FixedTime("2026-11-21T12:00:00Z"));
        await _rows.Account.SetAsync(settings => settings with { Headline = HeadlineKind.Historical });
    }

    [TearDown]
    public async Task DisposeAsync() => await _rows.DisposeAsync();

    [TestCase(null, "notRead")]
    [TestCase("none", "noCatalog")]
    [TestCase("refused", "refused")]
    [TestCase("found", "notLinked")]
    public async Task Nothing_to_tell_says_why(string? outcome, string state)
    {
        if (outcome is not null)
        {
            await _rows.SetAsync($"insert into catalog_readings values (@Account, '2026-11-20', '{outcome}')");
        }

        await SellAsync(10, "2026-01-10", 100, products: null);
        await AnalyseAsync();

        var document = await _rows.DocumentAsync("products");
        Assert.That(document.GetProperty("state").GetString(), Is.EqualTo(state));
        Assert.That(document.GetProperty("next").GetProperty("refusal").GetProperty("reason").GetString(), Is.EqualTo("tooFewClients"));
    }

    [Test]
    public async Task Amount_of_a_lead_goes_to_its_product_or_is_shared_out_by_list_prices_and_all_adds_up()
    {
        await ListAsync();
        await SellAsync(10, "2026-01-10", 1000, "[[7, 1, 2, null]]");
        await SellAsync(10, "2026-02-10", 800, "[[7, 1, 1, null], [7, 2, 2, null]]");
        await SellAsync(20, "2026-03-10", 500, "[[7, 2, 1, 9]]");
        await SellAsync(30, "2026-03-11", 300, products: null);
        await SellAsync(30, "2026-03-12", 300, "[[8, 1, 1, null]]");
        await AnalyseAsync();

        var document = await _rows.DocumentAsync("products");
        var products = document.GetProperty("products").EnumerateArray().ToDictionary(row => row.GetProperty("product").GetProperty("element").GetInt64());
        var cover = document.GetProperty("cover");
        Assert.Multiple(() =>
        {
            // 100 for one of the first, 2 × 150 for the second: 800 goes 200 to 600.
            Assert.That(Money(products[1], "revenue"), Is.EqualTo(1200));
            Assert.That(Money(products[1], "sharedRevenue"), Is.EqualTo(200));
            Assert.That(Money(products[2], "revenue"), Is.EqualTo(1100));
            Assert.That((Int(products[1], "purchases"), Int(products[1], "clients"), Int(products[1], "repeated")), Is.EqualTo((2, 1, 1)));
            Assert.That((Int(products[2], "purchases"), Int(products[2], "clients"), Int(products[2], "repeated")), Is.EqualTo((2, 2, 0)));
            Assert.That(Money(products[1].GetProperty("buyers"), "mean"), Is.EqualTo(1800));
            Assert.That(Money(products[1], "othersMean"), Is.EqualTo(550), "(500 + 600) / 2");
            Assert.That((Int(cover, "purchases"), Int(cover, "linked")), Is.EqualTo((5, 3)), "A list that is not sold from is none of products.");
            Assert.That((Money(cover, "revenue"), Money(cover, "linkedRevenue")), Is.EqualTo((2900m, 2300m)));
            Assert.That((Int(document, "clients"), Int(document, "buyers")), Is.EqualTo((3, 2)));
        });
        Assert.That(await CountAsync(new ClientFilter { Product = "7:1", Repeated = true }), Is.EqualTo(1));
        Assert.That(await CountAsync(new ClientFilter { Without = "7:1" }), Is.EqualTo(2));
        Assert.That(await CountAsync(new ClientFilter { Product = "any" }), Is.EqualTo(2));
    }

    [Test]
    public async Task Next_purchase_has_the_clients_it_is_counted_by_behind_it()
    {
        await ListAsync();
        for (var company = 100; company < 160; company++)
        {
            await SellAsync(company, "2026-01-10", 100, company < 140 ? "[[7, 1, 1, null]]" : "[[7, 3, 1, null]]");
            if (company < 120)
            {
                await SellAsync(company, "2026-02-10", 100, "[[7, 2, 1, null]]");
            }
        }

        await AnalyseAsync();

        var next = (await _rows.DocumentAsync("products")).GetProperty("next");
        var pair = next.GetProperty("found").EnumerateArray().Single();
        Assert.That(next.GetProperty("refusal").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That((Int(pair.GetProperty("after"), "element"), Int(pair.GetProperty("product"), "element")), Is.EqualTo((1, 2)));
        Assert.That((Int(pair, "clients"), Int(pair, "followers"), Int(pair, "candidates")), Is.EqualTo((40, 20, 20)));
        Assert.That(await CountAsync(new ClientFilter { Product = "7:1", Later = "7:2" }), Is.EqualTo(20));
        Assert.That(await CountAsync(new ClientFilter { Product = "7:1", Without = "7:2" }), Is.EqualTo(20));
    }

    [Test]
    public async Task Member_is_told_of_own_clients_by_what_was_learnt_from_all_and_sees_no_count_of_others()
    {
        await ListAsync();
        for (var company = 100; company < 160; company++)
        {
            await _rows.CompanyAsync(company, user: company >= 135 ? 5 : 6);
            await SellAsync(company, "2026-01-10", 100, company < 140 ? "[[7, 1, 1, null]]" : "[[7, 3, 1, null]]");
            if (company < 120)
            {
                await SellAsync(company, "2026-02-10", 100, "[[7, 2, 1, null]]");
            }
        }

        await AnalyseAsync();
        var reader = new ProductAnswerReader(new DocumentReader(Source), new OwnProductStore(Source), new ProductNameStore(Source));
        var own = (await reader.ReadAsync(_rows.Account.Id, new UserId(5), CancellationToken.None))!;
        var whole = (await reader.ReadAsync(_rows.Account.Id, own: null, CancellationToken.None))!;

        Assert.Multiple(() =>
        {
            Assert.That((own.Document.Clients, own.Document.Buyers), Is.EqualTo((25, 25)));
            Assert.That(own.Document.Products.Select(product => (product.Product.Element, product.Clients)), Is.EqualTo(new[] { (3L, 20), (1L, 5) }));
            Assert.That(own.Document.Cover, Is.Null);
            Assert.That(own.Document.Next.Found, Is.Empty);
            Assert.That(own.Offers.Single(), Is.EqualTo(new ProductOffer(new ProductId(7, 1), new ProductId(7, 2), 5, Evidence: null)));
            Assert.That(whole.Offers.Single().Evidence!.Followers, Is.EqualTo(20));
            Assert.That(whole.Names["7:2"], Is.EqualTo(new ProductName("Сервис", false)));
        });
        Assert.That(await CountAsync(new ClientFilter { Product = "7:1", Without = "7:2" }, new UserId(5)), Is.EqualTo(5));
    }

    [Test]
    public async Task Unchanged_account_writes_no_row_and_a_lead_that_is_gone_takes_its_products_along()
    {
        await ListAsync();
        await SellAsync(10, "2026-01-10", 1000, "[[7, 1, 2, null]]");
        await SellAsync(20, "2026-02-10", 800, "[[7, 2, 1, null]]");
        await AnalyseAsync();
        var before = await _rows.Account.ScalarAsync<string>(Rows);

        await _rows.AnalyseAsync();
        Assert.That(await _rows.Account.ScalarAsync<string>(Rows), Is.EqualTo(before));

        await _rows.SetAsync("update leads set products = null where account_id = @Account and company_id = 20");
        await _rows.AnalyseAsync();
        Assert.That(
            await _rows.Account.QueryAsync<string>("select customer_id || ' ' || element_id || ' ' || revenue from analysed_products where account_id = @Account"), Is.EqualTo(["10 1 1000.00"]));
    }

    [TestCase("5")]
    [TestCase("x:1")]
    [TestCase("1:2:3")]
    public void What_is_no_product_is_told(string product)
    {
        Assert.That(async () => await CountAsync(new ClientFilter { Product = product }), Throws.TypeOf<BadFilterException>());
        Assert.That(async () => await CountAsync(new ClientFilter { Later = "7:1" }), Throws.TypeOf<BadFilterException>());
        Assert.That(async () => await CountAsync(new ClientFilter { Repeated = true }), Throws.TypeOf<BadFilterException>());
    }

    private NpgsqlDataSource Source => field ??= NpgsqlDataSource.Create(_database);

    [OneTimeTearDown]
    public void CloseDatabase() => Source.Dispose();

    private async Task<int> CountAsync(ClientFilter filter, UserId? own = null) =>
        (int)(await new ClientListStore(Source).PageAsync(_rows.Account.Id, filter, own, new ListPart(), CancellationToken.None)).Total!.Count;

    private Task ListAsync() => _rows.SetAsync(
        """
        insert into catalog_readings values (@Account, '2026-11-20', 'found');
        insert into catalogs values (@Account, 7, 'Товары', 'products', true), (@Account, 8, 'Города', 'regular', false);
        insert into products (account_id, catalog_id, element_id, name, price, prices) values
            (@Account, 7, 1, 'Станок', 100, '{}'), (@Account, 7, 2, 'Сервис', 150, '{"9": 120}'), (@Account, 7, 3, 'Кабель', null, '{}'), (@Account, 8, 1, 'Казань', null, '{}');
        """);

    private async Task SellAsync(long company, string day, decimal price, string? products)
    {
        await _rows.WinAsync(++_lead, price, day, company);
        if (products is not null)
        {
            await _rows.SetAsync($"update leads set products = '{products}' where account_id = @Account and lead_id = {_lead}");
        }
    }

    private async Task AnalyseAsync()
    {
        await _rows.Account.RecalculateAsync();
        await _rows.AnalyseAsync();
    }

    private static int Int(JsonElement row, string name) => row.GetProperty(name).GetInt32();

    private static decimal Money(JsonElement row, string name) => row.GetProperty(name).GetDecimal();
}
