using System.Globalization;
using AmoLtv.Sandbox;
using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.Browser;

/// <summary>The figures of the overview are those of the tables that the cards are read from, and they add up.</summary>
[Category("Browser")]
[Watched]
public sealed class FigureTests
{
    private static readonly CultureInfo Russian = CultureInfo.GetCultureInfo("ru-RU");

    [Test]
    public async Task Overview_equals_the_valued_clients_and_its_reconciliation_holds()
    {
        await using var page = await ProductPage.AloneAsync(CardStage.Demo, "/analytics/overview");
        await AssertReconciledAsync(page);

        Assert.That(await ExactAsync(page, "Ожидается за"), Does.StartWith(Exact(await SumAsync(page, "expected_value"))));
        var states = await CardStage.Demo.ScalarAsync<long>("select count(*) from analysed_clients where lifecycle in ('slipping', 'dormant')");
        Assert.That(ProductPage.Plain(await page.Main.GetByRole(Microsoft.Playwright.AriaRole.Group, new() { Name = "Под угрозой" }).InnerTextAsync()), Does.Contain($"{states} клиент"));
    }

    [Test]
    public async Task Segments_managers_and_channels_all_add_up_to_the_base()
    {
        await using var page = await ProductPage.AloneAsync(CardStage.Demo, "/analytics/segments");
        var whole = Written(await SumAsync(page, "value"));
        foreach (var tab in new[] { "segments", "managers", "channels" })
        {
            await page.GoAsync("#/analytics/" + tab);
            var footers = (await page.Main.Locator("tfoot").AllInnerTextsAsync()).Select(ProductPage.Plain).ToList();
            Assert.That(footers, Is.Not.Empty, tab);
            Assert.That(footers, Has.All.Contains(whole), tab);
        }
    }

    [Test]
    public async Task Overview_adds_up_on_purchases_of_thousands_of_people()
    {
        var file = Repository.SharedData("cdnow_sample.csv");
        await using var demo = await Demo.StartAsync(new SandboxOptions { TransactionsFile = file }, ("Crm__RequestsPerSecond", "7"));
        await demo.InstallAsync();
        foreach (var verb in new[] { "sync", "recalculate", "analyse" })
        {
            await demo.Host.RunAsync(verb);
        }

        await using var page = await ProductPage.AloneAsync(demo, "/analytics/overview");
        await AssertReconciledAsync(page);
        var rows = (await File.ReadAllLinesAsync(file)).Skip(1).Where(line => line.Length > 0).Select(line => line.Split(',')).ToList();
        var bought = rows.Sum(row => decimal.Parse(row[^1], CultureInfo.InvariantCulture));
        Assert.That(await demo.ScalarAsync<decimal>("select sum(revenue) from analysed_clients"), Is.EqualTo(bought), "what was bought is what the file holds");
        // A purchase without an amount is none.
        var buyers = rows.Where(row => decimal.Parse(row[^1], CultureInfo.InvariantCulture) > 0).Select(row => row[0]).Distinct(StringComparer.Ordinal).Count();
        Assert.That(await demo.ScalarAsync<long>("select count(*) from analysed_clients"), Is.EqualTo(buyers));
    }

    private static async Task AssertReconciledAsync(ProductPage page)
    {
        var leads = await page.Demo.ScalarAsync<decimal>("select sum(case kind when 2 then -amount else amount end) from lead_verdicts where reason is null and kind > 0");
        var text = await page.TextAsync();

        Assert.That(text, Does.Contain("Сверка сходится"));
        Assert.That(await ExactAsync(page, "Ценность базы"), Does.StartWith(Exact(await SumAsync(page, "value"))));
        Assert.That(await ExactAsync(page, "Куплено на сумму"), Does.StartWith(Exact(await SumAsync(page, "historical_ltv"))));
        Assert.That(text, Does.Contain($"По клиентам {Exact(await SumAsync(page, "revenue"))}").And.Contain($"по сделкам {Exact(leads)}"));
        var clients = await page.Demo.ScalarAsync<long>("select count(*) from customer_values where (scope = 1 or scope = 3) and purchases > 0");
        Assert.That(ProductPage.Plain(await Figure(page, "Клиенты").InnerTextAsync()), Does.Contain(clients.ToString("#,0", Russian).Replace('\u00a0', ' ')));
    }

    private static Task<decimal> SumAsync(ProductPage page, string column) => page.Demo.ScalarAsync<decimal>($"select sum({column}) from analysed_clients");

    private static Microsoft.Playwright.ILocator Figure(ProductPage page, string label) => page.Main.Locator($".figure[aria-label^='{label}']");

    private static async Task<string> ExactAsync(ProductPage page, string label) =>
        ProductPage.Plain(await Figure(page, label).Locator(".figure__value").GetAttributeAsync("title") ?? "");

    private static string Exact(decimal value) => ProductPage.Plain(value.ToString("#,0.00", Russian));

    private static string Written(decimal value) => ProductPage.Plain(decimal.Round(value, MidpointRounding.AwayFromZero).ToString("#,0", Russian));
}
