using System.Globalization;
using System.Net.Http.Json;
using AmoLtv.Sandbox;
using Microsoft.Playwright;

namespace AmoLtv.Host.Tests.Browser;

/// <summary>A deal that is won in the CRM, and what the client's open card says of it.</summary>
[Category("Browser")]
[Watched]
public sealed class CardBridgeTests
{
    /// <summary>Longer than a card waits before it asks again.</summary>
    private const int Turn = 30_000;

    private Demo _demo = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _demo = await Demo.StartAsync(new SandboxOptions { Companies = 20, Leads = 140, Seed = 6 });
        await _demo.InstallAsync();
        await RecalculateAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_demo is not null)
        {
            await _demo.DisposeAsync();
        }
    }

    [Test]
    public async Task Deal_won_in_the_CRM_reaches_the_open_card_as_a_bridge_that_adds_up()
    {
        var company = await _demo.ScalarAsync<long>("select customer_id from customer_values where scope = 1 and ltv is not null and not is_floored and purchases > 2 order by ltv desc, customer_id limit 1");
        await using var card = await CardPage.OpenAsync("companies", company, before: page => page.Clock.InstallAsync(), demo: _demo);
        await card.ShowsAsync("valued");
        var before = await card.HeadlineAsync();
        await WinAsync(company, price: 750_000);
        await RecalculateAsync();
        await card.Page.Clock.FastForwardAsync(Turn);
        await card.Card.Locator($"data.ltvw__value:not([value=\"{before.ToString("0.##", CultureInfo.InvariantCulture)}\"])").WaitForAsync();
        await card.UnfoldAsync("change");
        var bridge = await AmountsAsync(card);
        var after = await card.HeadlineAsync();
        await card.PictureAsync("bridge-light");
        await card.Page.EvaluateAsync("document.documentElement.setAttribute('data-color-scheme', 'dark')");
        await card.PictureAsync("bridge-dark");

        Assert.That(after, Is.EqualTo(await _demo.ScalarAsync<decimal>("select ltv from customer_values where scope = 1 and customer_id = @company", new { company })));
        Assert.That(bridge[0], Is.EqualTo(decimal.Round(before, MidpointRounding.AwayFromZero)), "it begins where the card stood");
        Assert.That(bridge[^1], Is.EqualTo(decimal.Round(after, MidpointRounding.AwayFromZero)), "it ends where the card stands");
        Assert.That(bridge, Has.Count.GreaterThan(2));
        Assert.That(bridge.SkipLast(1).Sum(), Is.EqualTo(bridge[^1]), "its parts add up as they are shown");
        Assert.That(await card.Part("change").Locator("[data-ltvw-explain=byPurchases]").CountAsync(), Is.EqualTo(1), "the purchase is named as a cause");
        Assert.That(Shown(await card.Part("change").Locator(".ltvw__aside").InnerTextAsync(), bridge[^1] - bridge[0]), Is.True, "the difference beside the title");
    }

    private async Task WinAsync(long company, decimal price)
    {
        using var won = await _demo.CrmControl.PostAsJsonAsync("/sandbox/leads", new { name = "Новая поставка", price, company_id = company, status_id = 142 });
        Assert.That(won.IsSuccessStatusCode, Is.True, await won.Content.ReadAsStringAsync());
    }

    private async Task RecalculateAsync()
    {
        await _demo.Host.RunAsync("sync");
        await _demo.Host.RunAsync("recalculate");
    }

    private static async Task<IReadOnlyList<decimal>> AmountsAsync(CardPage card) =>
        [.. (await card.Part("change").Locator("dd").AllInnerTextsAsync()).Select(Amount)];

    private static decimal Amount(string written)
    {
        var digits = written.Replace("₽", "", StringComparison.Ordinal).Replace('\u2212', '-').Replace(',', '.');
        return decimal.Parse(string.Concat(digits.Where(sign => !char.IsWhiteSpace(sign))), NumberStyles.Number, CultureInfo.InvariantCulture);
    }

    /// <summary>Whole below a million, else to a tenth of one.</summary>
    private static bool Shown(string aside, decimal difference) =>
        Math.Abs(difference) < 1_000_000
            ? Amount(aside) == difference
            : aside.Contains(decimal.Round(Math.Abs(difference) / 1_000_000, 1, MidpointRounding.AwayFromZero).ToString("0.#", CultureInfo.GetCultureInfo("ru-RU")), StringComparison.Ordinal);
}
