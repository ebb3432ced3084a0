using Microsoft.Playwright;

namespace AmoLtv.Host.Tests.Browser;

/// <summary>Sessions that end while somebody looks.</summary>
[Category("Browser")]
[Watched]
public sealed class SessionTests
{
    private static Demo Demo => CardStage.Demo;

    [TestCase("ru", "Сеанс закончился")]
    [TestCase("en", "The session has ended")]
    public async Task Session_that_ran_out_on_a_page_of_its_own_says_so_and_how_to_come_back(string language, string said)
    {
        await using var page = await ProductPage.AloneAsync(Demo, "/analytics/overview", language);
        page.Watch.Expect("status of 401");
        // Every session but those of other users: this test's alone.
        await page.Browser.Context.ClearCookiesAsync();
        await page.Inside.EvaluateAsync("() => { location.hash = '#/analytics/segments'; }");
        await page.Inside.Locator(".door h1").WaitForAsync();
        await page.PictureAsync($"session-expired-{language}");

        Assert.That(await page.TextAsync(), Does.Contain(said));
        Assert.That(await page.TextAsync(), Does.Not.Contain("₽"), "nothing of the account is left on the page");
        Assert.That(await page.ViolationsAsync(), Is.Empty);
    }

    [Test]
    public async Task Link_that_was_used_opens_nothing_in_another_browser()
    {
        var address = await Demo.CodeAddressAsync(Demo.Admin);
        var first = await PageWatch.OpenAsync(Demo, 1280, 900);
        await first.Page.GotoAsync(address);
        await first.Page.Locator("main h1").WaitForAsync();
        await first.Page.Context.DisposeAsync();

        var second = await PageWatch.OpenAsync(Demo, 1280, 900);
        second.Expect("status of 401");
        await second.Page.GotoAsync(address);
        await second.Page.Locator(".door ol").WaitForAsync();
        await second.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(ProductPage.Pictures, "session-used.png") });
        await second.Page.Context.DisposeAsync();
    }

    [Test]
    public async Task Token_of_the_frame_that_is_refused_is_renewed_without_a_word()
    {
        await using var page = await ProductPage.FramedAsync(Demo, "menu/ltv_main");
        page.Watch.Expect("status of 401");
        var renewals = 0;
        var isRefusing = true;
        await page.Browser.RouteAsync("**/api/analytics/**", async route =>
        {
            if (isRefusing)
            {
                isRefusing = false;
                await route.FulfillAsync(new RouteFulfillOptions { Status = 401, ContentType = "application/problem+json", Body = "{\"status\":401,\"code\":\"expired\"}" });
            }
            else
            {
                await route.FallbackAsync();
            }
        });
        page.Browser.Request += (_, request) => renewals += request.Url.EndsWith("/api/sessions", StringComparison.Ordinal) && request.Method == "POST" ? 1 : 0;
        await page.FollowAsync(".tabs", "#/analytics/segments");

        Assert.That(renewals, Is.EqualTo(1));
        Assert.That(await page.Main.Locator("table").CountAsync(), Is.Positive);
        Assert.That(await page.Inside.Locator(".notice.tone_risk").CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Signing_out_ends_the_session_for_every_tab_of_the_browser()
    {
        await using var page = await ProductPage.AloneAsync(Demo, "/analytics/overview");
        page.Watch.Expect("status of 401");
        await page.Inside.GetByText("Выйти").ClickAsync();
        await page.Inside.Locator(".door h1").WaitForAsync();
        await page.Browser.ReloadAsync();
        await page.Inside.Locator(".door ol").WaitForAsync();

        Assert.That(await page.TextAsync(), Does.Contain("Откройте эту страницу из CRM"));
    }
}
