using Microsoft.Playwright;

namespace AmoLtv.Host.Tests.Browser;

/// <summary>A place of the sandbox CRM besides cards, with our page in its frame, in a browser context of its own.</summary>
internal sealed class AreaPage(PageWatch watch, string address) : IAsyncDisposable
{
    public PageWatch Watch => watch;

    public IPage Page => watch.Page;

    public IFrameLocator Frame => Page.FrameLocator(".ltvw-frame iframe");

    /// <summary>A browser that stands before the place and goes there with <see cref="EnterAsync"/>.</summary>
    public static async Task<AreaPage> BeforeAsync(string path, string query, Demo? demo = null) =>
        new(await PageWatch.OpenAsync(demo ?? CardStage.Demo, 1280, 860), $"{(demo ?? CardStage.Demo).Crm.Address}{path}?{query}");

    public Task EnterAsync() => Page.GotoAsync(address);

    /// <summary>What the place shows, without the sandbox's own bar; whoever needs the bar uses it before.</summary>
    public async Task PictureAsync(string name)
    {
        await ProductPage.HideBarAsync(Page);
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(CardStage.Pictures, name + ".png") });
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
