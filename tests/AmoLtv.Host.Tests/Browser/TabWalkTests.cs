namespace AmoLtv.Host.Tests.Browser;

/// <summary>Each tab that the pages' own navigation names, on its own and in the CRM's frame, in both languages and themes.</summary>
[Category("Browser")]
[Watched]
public sealed class TabWalkTests
{
    private static readonly string[] Slips = ["undefined", "NaN", "null", "[object"];

    [TestCase("analytics", "ru", "light")]
    [TestCase("settings", "en", "dark")]
    [TestCase("operations", "ru", "light")]
    public async Task Every_tab_can_be_read_by_everybody_on_a_page_of_its_own(string area, string language, string theme)
    {
        await using var page = await ProductPage.AloneAsync(CardStage.Demo, "/" + area, language, theme);

        await WalkAsync(page, area, $"alone-{language}-{theme}", language);
    }

    [TestCase("analytics", "menu/ltv_main", "en", "light")]
    [TestCase("analytics", "stats/ltv_report", "ru", "dark")]
    [TestCase("settings", "settings/advanced", "ru", "light")]
    [TestCase("operations", "settings/advanced", "en", "dark")]
    public async Task Every_tab_can_be_read_by_everybody_in_the_frame_of_the_CRM(string area, string place, string language, string theme)
    {
        await using var page = await ProductPage.FramedAsync(CardStage.Demo, place, language, theme);
        await page.FollowAsync(".top__areas", $"#/{area}");

        await WalkAsync(page, area, $"frame-{language}-{theme}", language);
    }

    private static async Task WalkAsync(ProductPage page, string area, string picture, string language)
    {
        var tabs = await page.LinksAsync(".tabs");
        Assert.That(tabs, Has.Count.GreaterThan(4));
        using (Assert.EnterMultipleScope())
        {
            foreach (var tab in tabs)
            {
                await page.FollowAsync(".tabs", tab);
                await page.PictureAsync($"{area}-{tab.Split('/')[^1]}-{picture}");
                var text = await page.TextAsync();

                Assert.That(await page.ViolationsAsync(), Is.Empty, tab);
                Assert.That(await page.OverflowsAsync(), Is.Empty, $"{tab} fits the window");
                Assert.That(text.Trim(), Is.Not.Empty, tab);
                Assert.That(Slips.Where(word => text.Contains(word, StringComparison.Ordinal)), Is.Empty, $"{tab} shows no value of the program");
                Assert.That(await page.Inside.Locator("html").GetAttributeAsync("lang"), Is.EqualTo(language));
            }
        }
    }
}
