using AmoLtv.Testing;
using Microsoft.Playwright;

namespace AmoLtv.Host.Tests.Browser;

/// <summary>Our pages as people open them: in the CRM's frame, or on their own by a code.</summary>
internal sealed class ProductPage : IAsyncDisposable
{
    private const string Shown = "() => document.querySelector('.page h1') !== null && document.querySelector('.waiting, .chart__wait, [aria-busy=\"true\"]') === null";

    private readonly bool _isFramed;

    private ProductPage(Demo demo, PageWatch watch, bool isFramed)
    {
        (Demo, Watch, _isFramed) = (demo, watch, isFramed);
        Directory.CreateDirectory(Pictures);
    }

    /// <summary>Where screenshots are left to be looked at.</summary>
    public static string Pictures { get; } = Path.Combine(Repository.Root, "TestResults", "pages");

    public Demo Demo { get; }

    public PageWatch Watch { get; }

    public IPage Browser => Watch.Page;

    /// <summary>Where our page lives: a frame of the CRM's, or the whole window.</summary>
    public IFrame Inside => _isFramed ? Browser.Frames.First(frame => frame.Url.Contains("/pages/frame", StringComparison.Ordinal)) : Browser.MainFrame;

    public ILocator Main => Inside.Locator("main");

    /// <summary>In the CRM: <c>settings/advanced</c>, <c>menu/ltv_main</c> or <c>stats/ltv_report</c>.</summary>
    public static async Task<ProductPage> FramedAsync(Demo demo, string place, string language = "ru", string theme = "light", long? user = null)
    {
        var watch = await PageWatch.OpenAsync(demo, 1280, 900);
        var asUser = user is null ? "" : $"&user={user}";
        await watch.Page.GotoAsync($"{demo.Crm.Address}{place}?lang={language}&theme={theme}{asUser}");
        await watch.Page.FrameLocator(".ltvw-frame iframe").Locator("#app > *").First.WaitForAsync();
        await HideBarAsync(watch.Page);
        var page = new ProductPage(demo, watch, isFramed: true);
        await page.SettledAsync();
        return page;
    }

    /// <summary>On its own, entered with a code as the link in the CRM makes it.</summary>
    /// <param name="demo">Whose account.</param>
    /// <param name="hash">Where it begins: <c>/analytics/segments</c>.</param>
    /// <param name="language">ru or en.</param>
    /// <param name="theme">light or dark.</param>
    /// <param name="user">Who looks; an administrator where nobody is named.</param>
    /// <param name="width">Of the window; half as much is what a zoom of 200 % leaves.</param>
    public static async Task<ProductPage> AloneAsync(Demo demo, string hash = "", string language = "ru", string theme = "light", long? user = null, int width = 1280)
    {
        var watch = await PageWatch.OpenAsync(demo, width, 900);
        await watch.Page.AddInitScriptAsync($"if (location.pathname.startsWith('/pages')) localStorage.setItem('amoltv.look', JSON.stringify({{ language: '{language}', theme: '{theme}' }}));");
        await watch.Page.GotoAsync($"{await demo.CodeAddressAsync(user ?? demo.Admin)}&to={Uri.EscapeDataString(hash)}");
        var page = new ProductPage(demo, watch, isFramed: false);
        await page.SettledAsync();
        return page;
    }

    /// <summary>Opens an address of the pages: <c>#/analytics/clients?tier=A</c>.</summary>
    public async Task GoAsync(string href)
    {
        await Inside.EvaluateAsync("href => { location.hash = href; }", href);
        await SettledAsync();
    }

    /// <summary>Areas or tabs of the navigation that is shown.</summary>
    /// <param name="navigation"><c>.top__areas</c> or <c>.tabs</c>.</param>
    public async Task<IReadOnlyList<string>> LinksAsync(string navigation) =>
        await Inside.Locator($"{navigation} a").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");

    /// <summary>Follows a link of the navigation.</summary>
    public async Task FollowAsync(string navigation, string href)
    {
        await Inside.Locator($"{navigation} a[href='{href}']").ClickAsync();
        await Inside.Locator($"{navigation} a[href='{href}'][aria-current]").WaitForAsync();
        await SettledAsync();
    }

    /// <summary>Waits until everything that was asked for is shown.</summary>
    public async Task SettledAsync()
    {
        do
        {
            await Inside.WaitForFunctionAsync(Shown);
            // A frame drawn after the last answer: what it brings is shown, and what is asked because of it is under way.
            await Inside.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))");
        }
        while (Watch.IsAsking || !await Inside.EvaluateAsync<bool>(Shown));
    }

    public Task<string[]> ViolationsAsync() => Axe.ViolationsAsync(Inside, "body");

    /// <summary>Parts that stick out of the window; what scrolls by itself may be wider.</summary>
    public Task<string[]> OverflowsAsync() => Inside.EvaluateAsync<string[]>(
        """
        () => [...document.querySelectorAll('body *')]
          .filter(one => !one.closest('.table__scroll, .unseen, svg, [popover], .toasts, .skip') && getComputedStyle(one).position !== 'absolute'
            && one.getBoundingClientRect().width > 0 && one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
          .map(one => one.tagName + '.' + one.className)
        """);

    /// <summary>Lines of text that lie on each other; what floats above the page on purpose does not count.</summary>
    public Task<string[]> CollisionsAsync() => Inside.EvaluateAsync<string[]>(
        """
        () => {
          const floats = one => { for (let at = one; at; at = at.parentElement) { if (['absolute', 'fixed', 'sticky'].includes(getComputedStyle(at).position)) return true; } return false; };
          const lines = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const node = walker.currentNode;
            if (node.data.trim() === '' || node.parentElement.closest('svg, .unseen, option, dialog:not([open])') || floats(node.parentElement)) continue;
            const range = document.createRange();
            range.selectNodeContents(node);
            for (const box of range.getClientRects()) if (box.width > 1) lines.push([box, node.data.trim()]);
          }
          const found = [];
          lines.forEach(([a, text], at) => lines.slice(at + 1).forEach(([b, other]) => {
            const [wide, high] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
            if (wide > 2 && high > 5) found.push(`${text} × ${other}`);
          }));
          return found.slice(0, 5);
        }
        """);

    public async Task<string> TextAsync() => Plain(await Main.InnerTextAsync());

    public Task PictureAsync(string name) => Browser.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, name + ".png"), FullPage = true, Animations = ScreenshotAnimations.Disabled });

    /// <summary>The bar by which the sandbox is tried hides a strip of the page and is no part of it.</summary>
    public static Task HideBarAsync(IPage page) => page.EvaluateAsync("() => document.querySelector('.sandbox-bar')?.style.setProperty('display', 'none', 'important')");

    public static string Plain(string text) => text.Replace('\u00a0', ' ').Replace('\u202f', ' ').Replace('\u2009', ' ');

    public async ValueTask DisposeAsync() => await Browser.Context.DisposeAsync();
}
