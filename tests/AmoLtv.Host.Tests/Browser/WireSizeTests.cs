using System.Collections.Concurrent;
using System.IO.Compression;
using AmoLtv.Host.Tests.Crashing;
using Microsoft.Playwright;

namespace AmoLtv.Host.Tests.Browser;

/// <summary>What goes over the wire before somebody sees something.</summary>
[Category("Browser")]
[Watched]
public sealed class WireSizeTests
{
    private const int PageLimit = 400 * 1024;
    private const int CardLimit = 60 * 1024;

    [TestCase("/analytics/overview")]
    [TestCase("/analytics/forecast")]
    [TestCase("/settings/purchases")]
    public async Task First_load_of_a_page_stays_below_its_limit(string hash)
    {
        var watch = await PageWatch.OpenAsync(CardStage.Demo, 1280, 900);
        var answered = new ConcurrentBag<IRequest>();
        watch.Page.RequestFinished += (_, request) => answered.Add(request);
        await watch.Page.GotoAsync($"{await CardStage.Demo.CodeAddressAsync(CardStage.Demo.Admin)}&to={Uri.EscapeDataString(hash)}");
        await watch.Page.Locator("main h1").WaitForAsync();
        await Eventually.IsTrueAsync(() => Task.FromResult(answered.Count > 5), TimeSpan.FromSeconds(30), () => $"Only {answered.Count} answers came.");
        await watch.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await watch.Page.WaitForFunctionAsync("() => document.querySelector('.waiting, .chart__wait') === null");
        var sizes = await Task.WhenAll(answered.Select(async request => (request.Url, Size: await request.SizesAsync())));
        var total = sizes.Sum(one => one.Size.ResponseBodySize + one.Size.ResponseHeadersSize);
        await TestContext.Out.WriteLineAsync($"{hash}: {sizes.Length} answers, {total:#,0} bytes");
        await watch.Page.Context.DisposeAsync();

        Assert.That(total, Is.LessThan(PageLimit));
    }

    [Test]
    public async Task Files_of_the_card_stay_below_their_limit_as_a_CRM_sends_them()
    {
        var (id, _) = await ValuedCustomers.CompanyAsync();
        var bodies = new ConcurrentDictionary<string, Task<byte[]>>(StringComparer.Ordinal);
        await using var card = await CardPage.OpenAsync("companies", id, before: page =>
        {
            page.RequestFinished += (_, request) =>
            {
                if (new Uri(request.Url).AbsolutePath.StartsWith("/widgets/", StringComparison.Ordinal))
                {
                    bodies.TryAdd(request.Url, BodyAsync(request));
                }
            };
            return Task.CompletedTask;
        });
        await card.ShowsAsync("valued");
        await card.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var sizes = (await Task.WhenAll(bodies.Values)).Select(Compressed).ToList();
        await TestContext.Out.WriteLineAsync($"{sizes.Count} files, {sizes.Sum():#,0} bytes");

        Assert.That(sizes, Has.Count.GreaterThan(10));
        Assert.That(sizes.Sum(), Is.LessThan(CardLimit));
    }

    private static async Task<byte[]> BodyAsync(IRequest request) => await (await request.ResponseAsync())!.BodyAsync();

    /// <summary>The sandbox sends its files as they are; the CRM's servers compress each by itself.</summary>
    private static long Compressed(byte[] body)
    {
        using var target = new MemoryStream();
        using (var packing = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
        {
            packing.Write(body);
        }

        return target.Length;
    }
}
