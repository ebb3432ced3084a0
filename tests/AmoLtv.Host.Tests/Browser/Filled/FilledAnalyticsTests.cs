namespace AmoLtv.Host.Tests.Browser.Filled;

/// <summary>What the analytics shows of an account with a past: how the base changed, who moved where, what to offer next.</summary>
[Category("Browser")]
[Watched]
public sealed class FilledAnalyticsTests
{
    private static Demo Demo => FilledStage.Demo;

    [TestCase("ru", "light", "Ценность базы по дням", "Задачи по клиентам")]
    [TestCase("en", "dark", "Value of the base by day", "Tasks about clients")]
    public async Task Overview_draws_the_base_day_by_day_and_what_came_of_the_tasks(string language, string theme, string days, string tasks)
    {
        await using var page = await ProductPage.AloneAsync(Demo, "/analytics/overview", language, theme);
        await page.PictureAsync($"filled-overview-{language}");

        var section = page.Main.Locator(".section", new() { HasText = days }).First;
        Assert.That(await section.Locator("svg path").CountAsync(), Is.Positive, "a line is drawn");
        Assert.That(await Demo.ScalarAsync<long>("select count(*) from base_days"), Is.InRange(3, 4), "Filling may go on past midnight.");
        var created = await Demo.ScalarAsync<long>("select count(*) from customer_tasks where status = 'created' and kind = 'slipping'");
        var row = page.Main.Locator(".section", new() { HasText = tasks }).Last.Locator("tbody tr").First;
        Assert.That((await row.Locator("td").AllInnerTextsAsync())[0], Is.EqualTo(created.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.That(await page.ViolationsAsync(), Is.Empty);
    }

    [TestCase("ru", "light", "Кто куда перешёл")]
    [TestCase("en", "dark", "Who moved where")]
    public async Task Segments_show_their_change_and_every_move_of_the_last_run_that_moved_somebody(string language, string theme, string moves)
    {
        await using var page = await ProductPage.AloneAsync(Demo, "/analytics/segments", language, theme);
        await page.PictureAsync($"filled-segments-{language}");

        var rows = page.Main.Locator(".section", new() { HasText = moves }).Last.Locator("tbody tr");
        var moved = await Demo.ScalarAsync<long>("select count(*) from segment_moves where from_segment <> to_segment and run_id = (select max(run_id) from segment_moves where from_segment <> to_segment)");
        Assert.That(moved, Is.Positive);
        Assert.That(await rows.CountAsync(), Is.EqualTo(moved));
        Assert.That(await page.Main.Locator("table").First.Locator("thead th").CountAsync(), Is.EqualTo(6), "clients and value both with their change");
        Assert.That(ProductPage.Plain(await page.Main.Locator("table").First.Locator("tbody").InnerTextAsync()), Does.Contain("+").Or.Contain("\u2212"), "and the change of the last run is told");
        Assert.That(await page.ViolationsAsync(), Is.Empty);
    }

    [TestCase("ru", "light")]
    [TestCase("en", "dark")]
    public async Task Products_name_what_to_offer_next_and_to_how_many(string language, string theme)
    {
        await using var page = await ProductPage.AloneAsync(Demo, "/analytics/products", language, theme);
        await page.PictureAsync($"filled-products-{language}");

        var offers = page.Main.Locator("a[href*='without=']");
        Assert.That(await page.Main.Locator("table").Last.Locator("tbody tr").CountAsync(), Is.Positive);
        Assert.That(await offers.CountAsync(), Is.Positive, "whom to offer it opens as a list");
        Assert.That(await page.ViolationsAsync(), Is.Empty);
    }

    [TestCase("ru", "channels")]
    [TestCase("en", "channels")]
    [TestCase("ru", "managers")]
    [TestCase("en", "managers")]
    [TestCase("ru", "losses")]
    [TestCase("en", "losses")]
    public async Task Tables_fit_a_window_of_a_usual_width(string language, string tab)
    {
        await using var page = await ProductPage.AloneAsync(Demo, "/analytics/" + tab, language);
        await page.PictureAsync($"filled-{tab}-{language}");

        var cut = await page.Inside.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('.table__scroll')].filter(one => one.scrollWidth > one.clientWidth + 1).map(one => `${one.scrollWidth} > ${one.clientWidth}`)");
        Assert.That(cut, Is.Empty, "no column is cut at 1,280 px");
    }
}
