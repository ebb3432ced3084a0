using Dapper;
using Microsoft.Playwright;

namespace AmoLtv.Host.Tests.Browser;

/// <summary>Our pages inside the CRM's, in a real browser: two origins, a real frame, a real session.</summary>
[Category("Browser")]
[Watched]
public sealed class AreaTests
{
    private const float Patience = 60_000;

    [TestCase("settings/advanced", "ru", "light")]
    [TestCase("settings/advanced", "en", "dark")]
    [TestCase("menu/ltv_main", "ru", "dark")]
    [TestCase("stats/ltv_report", "en", "light")]
    public async Task Page_opens_in_its_frame_and_gets_its_session(string path, string language, string theme)
    {
        await using var area = await AreaPage.BeforeAsync(path, $"lang={language}&theme={theme}");
        var me = await area.Page.RunAndWaitForResponseAsync(area.EnterAsync, answer => answer.Url.EndsWith("/api/me", StringComparison.Ordinal), Wait());
        await area.Frame.Locator("#app > *").First.WaitForAsync();

        Assert.That(me.Status, Is.EqualTo(200));
        Assert.That((await me.JsonAsync())!.Value.GetProperty("role").GetString(), Is.EqualTo("admin"));
        Assert.That(await area.Frame.Locator("html").GetAttributeAsync("lang"), Is.EqualTo(language));
        await area.PictureAsync($"{path.Replace('/', '-')}-{language}-{theme}");
        Assert.That(await area.Page.Locator("iframe").CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Theme_that_changes_reaches_the_page_without_a_reload()
    {
        await using var area = await AreaPage.BeforeAsync("settings/advanced", "lang=ru&theme=light");
        await area.EnterAsync();
        await area.Frame.Locator("html[data-theme=light]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        await area.Page.Locator(".sandbox-bar [data-theme=dark]").ClickAsync();
        await area.Frame.Locator("html[data-theme=dark]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });

    }

    [Test]
    public async Task Another_site_cannot_frame_the_page()
    {
        await using var area = await AreaPage.BeforeAsync("settings/advanced", "lang=ru");
        area.Watch.Expect("frame-ancestors", "stranger: " + CardStage.Crm.Address.ToString().Replace("127.0.0.1", "localhost", StringComparison.Ordinal), "/pages/frame?account=", "favicon.ico");
        await area.EnterAsync();
        var refused = area.Page.WaitForConsoleMessageAsync(new PageWaitForConsoleMessageOptions { Predicate = message => message.Text.Contains("frame-ancestors", StringComparison.Ordinal), Timeout = Patience });
        // The same sandbox under another name is another origin.
        await area.Page.GotoAsync(CardStage.Crm.Address.ToString().Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + "platform/area.css");
        await area.Page.EvaluateAsync("address => { const frame = document.createElement('iframe'); frame.src = address; document.documentElement.append(frame); }", $"{CardStage.HostAddress}pages/frame?account={CardStage.Crm.AccountId}&parent={Uri.EscapeDataString(CardStage.Crm.Address.GetLeftPart(UriPartial.Authority))}");

        Assert.That((await refused).Text, Does.Contain("frame-ancestors"));
    }

    [Test]
    public async Task User_who_is_no_administrator_sees_no_settings_and_a_head_of_sales_sees_analytics()
    {
        var users = CardStage.Crm.State.Users.Where(user => user is { IsAdmin: false, IsActive: true }).Take(2).ToList();
        await using var connection = await CardStage.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(
            "insert into analytics_viewers (account_id, user_id, named_by, named_at) values (@Account, @User, @User, now()) on conflict do nothing",
            new { Account = CardStage.Crm.AccountId, User = users[0].Id });

        await using var settings = await AreaPage.BeforeAsync("settings/advanced", $"user={users[0].Id}");
        settings.Watch.Expect("status of 403");
        await settings.EnterAsync();
        await settings.Page.GetByText("открыт администраторам").WaitForAsync();
        Assert.That(await settings.Page.Locator("iframe").CountAsync(), Is.Zero);
        Assert.That(await RoleAsync(users[0].Id), Is.EqualTo("analyst"));
        Assert.That(await RoleAsync(users[1].Id), Is.EqualTo("member"));
    }

    [Test]
    public async Task Window_of_the_integration_asks_for_consent_and_says_what_to_do_next([Values("ru", "en")] string language)
    {
        await using var area = await AreaPage.BeforeAsync("settings/widgets", $"installed=0&lang={language}");
        await area.EnterAsync();
        var install = area.Page.Locator(".js-widget-install");
        await area.Page.Locator("[data-ltvw-next] li").First.WaitForAsync();
        var before = await install.IsDisabledAsync();
        await area.Page.Locator(".ltvw-consent__box").CheckAsync();
        await area.PictureAsync($"integration-{language}");

        Assert.That((before, await install.IsDisabledAsync()), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task Code_from_the_integrations_window_opens_the_pages_on_their_own_once()
    {
        await using var area = await AreaPage.BeforeAsync("settings/widgets", "lang=ru");
        await area.EnterAsync();
        var alone = await area.Page.Context.RunAndWaitForPageAsync(() => area.Page.Locator("[data-ltvw-next] button").ClickAsync());
        var me = await alone.WaitForResponseAsync(answer => answer.Url.EndsWith("/api/me", StringComparison.Ordinal), new PageWaitForResponseOptions { Timeout = Patience });
        await alone.Locator("#app > *").First.WaitForAsync();

        Assert.That(me.Status, Is.EqualTo(200));
        Assert.That(alone.Url, Does.Not.Contain("code="), "The code does not stay in the address.");
        Assert.That(await alone.EvaluateAsync<string>("document.cookie"), Does.Not.Contain("amoltv-session"), "No script reads the session.");
        Assert.That(await alone.EvaluateAsync<bool>("window.opener === null"), Is.True);
        await alone.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(CardStage.Pictures, "alone.png") });
    }

    private static async Task<string?> RoleAsync(long user)
    {
        await using var area = await AreaPage.BeforeAsync("menu/ltv_main", $"user={user}");
        var me = await area.Page.RunAndWaitForResponseAsync(area.EnterAsync, answer => answer.Url.EndsWith("/api/me", StringComparison.Ordinal), Wait());
        await area.Frame.Locator("#app > *").First.WaitForAsync();
        await area.PictureAsync($"analytics-{user}");
        return (await me.JsonAsync())!.Value.GetProperty("role").GetString();
    }

    private static PageRunAndWaitForResponseOptions Wait() => new() { Timeout = Patience };
}
