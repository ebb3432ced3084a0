using AmoLtv.Testing;
using Microsoft.Playwright;

namespace AmoLtv.Host.Tests.Browser;

/// <summary>The pictures of the administrator's guide; <c>deploy/guide-images.sh</c> puts them among the sources.</summary>
internal static class GuideImages
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "TestResults", "guide");

    /// <summary>Pages in the order of the guide.</summary>
    public static IReadOnlyList<(string Name, string Href)> Pages { get; } =
    [
        ("wizard", "#/settings/setup"), ("purchases", "#/settings/purchases"), ("access", "#/settings/access"), ("write-back", "#/settings/write-back"),
        ("overview", "#/analytics/overview"), ("segments", "#/analytics/segments"), ("forecast", "#/analytics/forecast"),
        ("runs", "#/operations/runs"), ("connection", "#/operations/connection"), ("changes", "#/operations/changes"),
    ];

    public static string PathOf(string name, string language) => Path.Combine(Folder, $"guide-{name}-{language}.png");

    /// <summary>What stands in the window.</summary>
    public static Task TakeAsync(ProductPage page, string name, string language) =>
        page.Browser.ScreenshotAsync(new PageScreenshotOptions { Path = PathOf(name, language), Animations = ScreenshotAnimations.Disabled, Clip = new Clip { Width = 1280, Height = 800 } });

    /// <summary>A valuable company that goes on buying.</summary>
    public static Task<long> CompanyAsync(Demo demo) => demo.ScalarAsync<long>(
        "select customer_id from analysed_clients where scope = 1 and ltv is not null order by lifecycle = 'active' desc, purchases > 3 desc, value desc limit 1");

    public static async Task TakeCardAsync(Demo demo, long company, string name, string language, string theme)
    {
        await using var card = await CardPage.OpenAsync("companies", company, theme, language: language, demo: demo);
        await card.ShowsAsync("valued");
        await card.UnfoldAsync("history");
        await card.Card.ScreenshotAsync(new LocatorScreenshotOptions { Path = Path.Combine(Folder, name + ".png") });
    }
}
