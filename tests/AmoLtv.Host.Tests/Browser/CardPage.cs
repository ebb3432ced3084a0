using System.Text.Json.Nodes;
using AmoLtv.Testing;
using Microsoft.Playwright;

namespace AmoLtv.Host.Tests.Browser;

/// <summary>A card of the sandbox CRM with the widget in its right column, in a browser context of its own.</summary>
internal sealed class CardPage(PageWatch watch) : IAsyncDisposable
{
    public PageWatch Watch => watch;

    public IPage Page => watch.Page;

    public ILocator Card => Page.Locator(".ltvw");

    public static async Task<CardPage> OpenAsync(string entity, long id, string theme = "light", int width = 300, string language = "ru", long? user = null, Func<IPage, Task>? before = null, Demo? demo = null)
    {
        var watch = await PageWatch.OpenAsync(demo ?? CardStage.Demo, 1000, 1400, scale: 2);
        var page = watch.Page;
        if (before is not null)
        {
            await before(page);
        }

        var asUser = user is null ? "" : $"&user={user}";
        await page.GotoAsync($"{(demo ?? CardStage.Demo).Crm.Address}{entity}/detail/{id}?theme={theme}&width={width}&lang={language}{asUser}");
        return new CardPage(watch);
    }

    /// <summary>Moves to another card without a reload, as the CRM does.</summary>
    public Task GoToAsync(string entity, long id) => Page.EvaluateAsync("([entity, id]) => window.sandboxPage.open(entity, id)", new object[] { entity, id });

    /// <summary>Waits until the card says what it has to say.</summary>
    public Task ShowsAsync(string state) => Page.Locator($".ltvw[data-ltvw-state={state}]").WaitForAsync();

    /// <summary>The number behind the headline, as the server sent it.</summary>
    public async Task<decimal> HeadlineAsync() => decimal.Parse(await Value.GetAttributeAsync("value") ?? "", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The headline as a reader sees it, with plain spaces.</summary>
    public async Task<string> ShownHeadlineAsync() => Plain(await Value.Locator("span").First.InnerTextAsync());

    public async Task<string> TextAsync() => Plain(await Card.InnerTextAsync());

    /// <summary>Lets the server answer, and changes its answer on the way: states that the account of these tests is not in.</summary>
    /// <param name="when">What the answer waits for, asked anew with each request.</param>
    public static Func<IPage, Task> Amended(Action<JsonObject> change, Func<Task>? when = null) => page => page.RouteAsync(url => new Uri(url).AbsolutePath.Split('/') is ["", "api", "cards", _, _], async route =>
    {
        await (when?.Invoke() ?? Task.CompletedTask);
        var answer = await route.FetchAsync();
        if (answer.Status != 200)
        {
            await route.FulfillAsync(new RouteFulfillOptions { Response = answer });
            return;
        }

        var card = JsonNode.Parse(await answer.TextAsync())!.AsObject();
        change(card);
        await route.FulfillAsync(new RouteFulfillOptions { Response = answer, Body = card.ToJsonString() });
    });

    /// <summary>Unfolds a part and waits for what lies in it.</summary>
    public async Task UnfoldAsync(string part)
    {
        await Part(part).Locator("summary").ClickAsync();
        await Part(part).Locator(".ltvw__inside").WaitForAsync();
    }

    public ILocator Part(string name) => Card.Locator($"details[data-ltvw-key={name}]");

    /// <summary>What axe finds wrong inside the card, serious or worse, each as its rule.</summary>
    public Task<string[]> ViolationsAsync() => Axe.ViolationsAsync(Page.MainFrame, ".ltvw");

    public Task PictureAsync(string name) => Card.ScreenshotAsync(new LocatorScreenshotOptions { Path = Path.Combine(CardStage.Pictures, name + ".png") });

    public Task<bool> OverflowsAsync() => Card.EvaluateAsync<bool>("card => [card, ...card.querySelectorAll('*')].some(one => !one.classList.contains('ltvw__spoken') && !one.closest('svg') && one.getBoundingClientRect().right > card.parentElement.getBoundingClientRect().right + 0.5)");

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();

    private ILocator Value => Card.Locator("data.ltvw__value");

    private static string Plain(string text) => text.Replace('\u00a0', ' ').Replace('\u202f', ' ');
}
