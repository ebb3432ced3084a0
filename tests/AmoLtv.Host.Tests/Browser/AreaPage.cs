using Microsoft.Playwright;

namespace AmoLtv.Host.Tests.Browser;

/// <summary>A place of the sandbox CRM besides cards, with our page in its frame, in a browser context of its own.</summary>
internal sealed class AreaPage(IPage page, string address) : IAsyncDisposable
{
    private const float Patience = 60_000;

    public List<string> Errors { get; } = [];

    public List<string> Requests { get; } = [];

    public IPage Page => page;

    public IFrameLocator Frame => page.FrameLocator(".ltvw-frame iframe");

    /// <summary>Addresses asked besides the CRM's and the service's.</summary>
    public IEnumerable<string> Strangers => Requests.Where(asked =>
        !asked.StartsWith(CardStage.Crm.Address.ToString(), StringComparison.Ordinal)
        && !asked.StartsWith(CardStage.HostAddress.ToString(), StringComparison.Ordinal)
        && !asked.StartsWith("data:", StringComparison.Ordinal));

    /// <summary>A browser that stands before the place and goes there with <see cref="EnterAsync"/>.</summary>
    public static async Task<AreaPage> BeforeAsync(string path, string query)
    {
        var context = await CardStage.Browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 860 } });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(Patience);
        var area = new AreaPage(page, $"{CardStage.Crm.Address}{path}?{query}");
        page.PageError += (_, error) => area.Errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                area.Errors.Add(message.Text);
            }
        };
        page.Request += (_, request) => area.Requests.Add(request.Url);
        return area;
    }

    public Task EnterAsync() => page.GotoAsync(address);

    public Task PictureAsync(string name) => page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(CardStage.Pictures, name + ".png") });

    public async ValueTask DisposeAsync() => await page.Context.DisposeAsync();
}
