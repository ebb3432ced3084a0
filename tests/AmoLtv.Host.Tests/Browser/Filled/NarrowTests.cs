namespace AmoLtv.Host.Tests.Browser.Filled;

/// <summary>Each tab in half a window, which is what a zoom of 200 % leaves of a usual one.</summary>
[Category("Browser")]
[Watched]
public sealed class NarrowTests
{
    [TestCase("analytics", "ru")]
    [TestCase("settings", "ru")]
    [TestCase("operations", "ru")]
    [TestCase("analytics", "en")]
    public async Task Nothing_overlaps_and_only_tables_scroll_sideways_at_a_zoom_of_200_percent(string area, string language)
    {
        await using var page = await ProductPage.AloneAsync(FilledStage.Demo, "/" + area, language, width: 640);
        using (Assert.EnterMultipleScope())
        {
            foreach (var tab in await page.LinksAsync(".tabs"))
            {
                await page.GoAsync(tab);
                await page.PictureAsync($"narrow-{area}-{tab.Split('/')[^1]}-{language}");
                Assert.That(await page.OverflowsAsync(), Is.Empty, tab);
                Assert.That(await page.CollisionsAsync(), Is.Empty, tab);
                Assert.That(await page.Inside.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"), Is.True, $"{tab} does not scroll sideways");
            }
        }
    }
}
