using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace AmoLtv.Host.Tests.Browser;

/// <summary>The parts of the card that unfold, and the states that few accounts are in.</summary>
[Category("Browser")]
[Watched]
public sealed class CardPartsTests
{
    private static readonly string[] Parts = ["history", "acquisition", "why", "change", "whatIf", "fresh", "remark"];

    [Test, Pairwise]
    public async Task Everything_unfolded_fits_the_column_and_can_be_read_by_everybody(
        [Values("light", "dark")] string theme, [Values(240, 300)] int width, [Values("ru", "en")] string language)
    {
        var (id, _) = await ValuedCustomers.CompanyAsync();
        await using var card = await CardPage.OpenAsync("companies", id, theme, width, language, before: CardPage.Amended(Rich));
        await card.ShowsAsync("valued");
        foreach (var part in Parts)
        {
            await card.UnfoldAsync(part);
        }

        await card.PictureAsync($"parts-{theme}-{width}-{language}");
        Assert.That(await card.OverflowsAsync(), Is.False, "everything fits the column");
        Assert.That(await card.ViolationsAsync(), Is.Empty);
    }

    [Test]
    public async Task Unfolded_parts_stay_so_on_the_next_card_and_after_a_reload()
    {
        var (first, _) = await ValuedCustomers.CompanyAsync();
        await using var card = await CardPage.OpenAsync("companies", first);
        await card.ShowsAsync("valued");
        await card.UnfoldAsync("why");
        await card.GoToAsync("companies", await ValuedCustomers.OtherCompanyAsync(place: 2));
        await card.ShowsAsync("valued");
        Assert.That(await card.Part("why").GetAttributeAsync("open"), Is.Not.Null);
        Assert.That(await card.Part("fresh").GetAttributeAsync("open"), Is.Null);

        await card.Page.ReloadAsync();
        await card.ShowsAsync("valued");
        Assert.That(await card.Part("why").GetAttributeAsync("open"), Is.Not.Null);
    }

    [Test]
    public async Task Parts_unfold_by_keyboard()
    {
        var (id, _) = await ValuedCustomers.CompanyAsync();
        await using var card = await CardPage.OpenAsync("companies", id);
        await card.ShowsAsync("valued");
        await card.Part("history").Locator("summary").FocusAsync();
        await card.Page.Keyboard.PressAsync("Enter");
        Assert.That(await card.Part("history").GetAttributeAsync("open"), Is.Not.Null);
        await card.Page.Keyboard.PressAsync("Tab");
        await card.Page.Keyboard.PressAsync("Space");
        Assert.That(await card.Card.Locator("details[open]").CountAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task What_if_is_reckoned_without_asking_the_server()
    {
        var (id, ltv) = await ValuedCustomers.PlainCompanyAsync();
        await using var card = await CardPage.OpenAsync("companies", id);
        await card.ShowsAsync("valued");
        await card.UnfoldAsync("whatIf");
        var asked = 0;
        card.Page.Request += (_, request) => asked += request.Url.Contains("/api/", StringComparison.Ordinal) ? 1 : 0;
        await card.Page.Locator("[data-ltvw-what-if=larger]").CheckAsync();

        Assert.That(await card.Part("whatIf").InnerTextAsync(), Does.Contain(Headline.Written(decimal.Round(ltv * 1.1m), "ru").Replace(' ', '\u00a0')));
        Assert.That(asked, Is.Zero);
    }

    [Test]
    public async Task Leads_behind_the_number_open_in_the_CRM_and_the_rest_comes_on_demand()
    {
        var (id, _) = await ValuedCustomers.CompanyAsync();
        await using var card = await CardPage.OpenAsync("companies", id);
        await card.ShowsAsync("valued");
        await card.UnfoldAsync("why");
        var links = card.Part("why").Locator("a.ltvw__lead");
        Assert.That(await links.First.GetAttributeAsync("href"), Does.Match(@"^/leads/detail/\d+$"));
        while (await card.Card.Locator("[data-ltvw-more]").CountAsync() > 0)
        {
            var before = await links.CountAsync();
            await card.Card.Locator("[data-ltvw-more]").First.ClickAsync();
            await links.Nth(before).WaitForAsync();
        }

        await using var command = CardStage.Database.CreateCommand($"select count(*) from lead_verdicts where company_id = {id}");
        Assert.That(await links.CountAsync(), Is.EqualTo((long)(await command.ExecuteScalarAsync())!));
    }

    [Test]
    public async Task Remark_goes_to_the_admin_and_the_card_says_so([Values("ru", "en")] string language)
    {
        var id = await ValuedCustomers.OtherCompanyAsync(place: language == "ru" ? 12 : 13);
        await using var card = await CardPage.OpenAsync("companies", id, language: language);
        await card.ShowsAsync("valued");
        await card.UnfoldAsync("remark");
        await card.Page.Locator("[data-ltvw-remark]").FillAsync("<img src=x onerror=alert(1)> не та сумма");
        await card.Page.Locator("[data-ltvw-send]").ClickAsync();
        await card.Page.Locator("[data-ltvw-send]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await card.PictureAsync($"remark-sent-{language}");

        await using var command = CardStage.Database.CreateCommand($"select text from remarks where customer_id = {id}");
        Assert.That(await command.ExecuteScalarAsync(), Is.EqualTo("<img src=x onerror=alert(1)> не та сумма"));
    }

    [TestCase("slipping")]
    [TestCase("dormant")]
    [TestCase("lost")]
    [TestCase("active")]
    [TestCase("new")]
    public async Task Every_state_of_the_life_cycle_has_words_and_an_icon(string state)
    {
        await using var card = await OpenAmendedAsync(answer => answer["lifecycle"] = new JsonObject { ["state"] = state, ["typicalGapDays"] = 150, ["gapSource"] = "own" });
        await card.PictureAsync($"lifecycle-{state}");
        Assert.That(await card.Card.Locator($"[data-ltvw-lifecycle={state}] svg").CountAsync(), Is.EqualTo(1));
        Assert.That(await card.ViolationsAsync(), Is.Empty);
    }

    [Test]
    public async Task Account_with_too_little_data_says_what_is_missing([Values("ru", "en")] string language)
    {
        await using var card = await OpenAmendedAsync(answer =>
        {
            answer["forecast"] = null;
            answer["noForecast"] = new JsonObject { ["reason"] = "tooFewCustomers", ["have"] = 7, ["need"] = 10 };
        }, language: language);
        await card.PictureAsync($"state-no-forecast-{language}");
        Assert.That(await card.TextAsync(), Does.Contain(language == "ru" ? "Нужно 10 клиентов с покупками, сейчас 7." : "It needs 10 clients with purchases; there are 7."));
    }

    [Test]
    public async Task Client_with_one_purchase_says_what_its_estimate_leans_on()
    {
        await using var card = await OpenAmendedAsync(answer => answer["bought"]!["purchases"] = 1);
        await card.PictureAsync("state-one-purchase");
        Assert.That(await card.TextAsync(), Does.Contain("опирается на похожих клиентов"));
    }

    [Test]
    public async Task Lost_connection_names_the_admins_next_step([Values("light", "dark")] string theme)
    {
        await using var card = await OpenAmendedAsync(answer => answer["freshness"]!["connection"] = "lost", theme);
        await card.PictureAsync($"state-connection-lost-{theme}");
        Assert.That(await card.TextAsync(), Does.Contain("Связь с CRM потеряна").And.Contain("Администратору"));
    }

    [Test]
    public async Task Numbers_that_no_night_has_refreshed_say_since_when()
    {
        await using var card = await OpenAmendedAsync(answer => answer["freshness"]!["calculatedAt"] = "2026-01-10T03:12:00Z");
        await card.PictureAsync("state-stale");
        Assert.That(await card.TextAsync(), Does.Contain("не обновлялись с 10 янв. 2026"));
    }

    private static async Task<CardPage> OpenAmendedAsync(Action<JsonObject> change, string theme = "light", string language = "ru")
    {
        var (id, _) = await ValuedCustomers.PlainCompanyAsync();
        var card = await CardPage.OpenAsync("companies", id, theme, language: language, before: CardPage.Amended(change));
        await card.ShowsAsync("valued");
        return card;
    }

    /// <summary>A client of whom everything is known.</summary>
    internal static void Rich(JsonObject card)
    {
        var ltv = card["ltv"]!["value"]!.GetValue<decimal>();
        card["acquisition"] = new JsonObject { ["cac"] = 42000, ["ltvToCac"] = 6.1, ["paybackMonths"] = 5 };
        card["change"] = new JsonObject
        {
            ["at"] = "2026-11-21T03:12:00Z", ["before"] = ltv - 42000, ["byPurchases"] = 61000, ["bySettings"] = 0, ["byModel"] = -12000, ["byAgeing"] = -7000,
        };
        card["lifecycle"] = new JsonObject { ["state"] = "slipping", ["typicalGapDays"] = 60, ["gapSource"] = "own" };
        card["forecast"]!["nextPurchase"] = "2026-12-14";
        card["gaps"] = new JsonArray(new JsonObject { ["kind"] = "noAmount", ["leads"] = 2 }, new JsonObject { ["kind"] = "estimatedCosts", ["leads"] = 3 });
        card["remark"] = new JsonObject { ["writtenAt"] = "2026-11-03T10:00:00Z", ["resolvedAt"] = "2026-11-04T09:30:00Z", ["answer"] = "Исключили сделку № 17 <b>дважды</b>" };
    }
}
