using System.Text.Json;
using Microsoft.Playwright;

namespace AmoLtv.Host.Tests.Browser;

/// <summary>What a card shows while it waits stays where it is when the numbers come, whoever the client is.</summary>
[Category("Browser")]
[Watched]
public sealed class CardLayoutTests
{
    /// <summary>Every movement of something inside a card that a reader did not ask for, as the browser itself counts it.</summary>
    private const string WatchMovements =
        """
        window.moved = [];
        window.watcher = new PerformanceObserver(list => window.note(list.getEntries()));
        window.note = entries => entries.forEach(entry => entry.sources.forEach(source => {
          const at = source.node && (source.node.closest ? source.node : source.node.parentElement);
          if (at && at.closest('.ltvw')) {
            window.moved.push(at.className + ' ' + source.previousRect.top + '→' + source.currentRect.top);
          }
        }));
        window.watcher.observe({ type: 'layout-shift', buffered: true });
        """;

    /// <summary>Where each thing that is drawn now stands: its top edge in the card, by what it is.</summary>
    private const string Places =
        """
        card => JSON.stringify(Object.fromEntries([...card.querySelectorAll(':scope > [data-ltvw-key], .ltvw__figure')]
          .filter(one => !['status', 'room', 'explained'].includes(one.dataset.ltvwKey))
          .map(one => [
            one.dataset.ltvwKey ?? 'figure ' + [...one.parentElement.children].indexOf(one),
            Math.round(10 * (one.getBoundingClientRect().top - card.getBoundingClientRect().top)) / 10,
          ])))
        """;

    private const string Drawn = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => { window.note(window.watcher.takeRecords()); done(); })))";

    [Test]
    public async Task Nothing_that_is_shown_moves_when_the_numbers_come([Values(240, 300)] int width, [Values("ru", "en")] string language)
    {
        var (kinds, now, answer) = (await CardKinds.AllAsync(), (CardKinds.Kind?)null, new TaskCompletionSource());
        answer.SetResult();
        var elsewhere = await ValuedCustomers.OtherCompanyAsync(place: 6);
        await using var card = await CardPage.OpenAsync("companies", elsewhere, width: width, language: language, before: async page =>
        {
            await page.AddInitScriptAsync(WatchMovements);
            await CardPage.Amended(given => now?.Change(given), () => answer.Task)(page);
        });
        await card.ShowsAsync("valued");
        using (Assert.EnterMultipleScope())
        {
            foreach (var kind in kinds)
            {
                (now, answer) = (kind, new TaskCompletionSource());
                // Nobody has seen a card yet whose height could be kept.
                await card.Page.EvaluateAsync("localStorage.clear()");
                await card.GoToAsync(kind.Entity, kind.Id);
                await HoldsStillAsync(card, kind, answer);
            }
        }
    }

    private static async Task HoldsStillAsync(CardPage card, CardKinds.Kind kind, TaskCompletionSource answer)
    {
        await card.ShowsAsync("loading");
        await card.Page.EvaluateAsync(Drawn);
        await card.Page.EvaluateAsync("window.moved = []");
        var waiting = await PlacesAsync(card);
        var height = (await card.Card.BoundingBoxAsync())!.Height;
        answer.SetResult();
        await card.Page.Locator(".ltvw:not([data-ltvw-state=loading])").WaitForAsync();
        await card.Page.EvaluateAsync(Drawn);
        var come = await PlacesAsync(card);

        var kept = waiting.Where(place => come.ContainsKey(place.Key)).ToDictionary(place => place.Key, place => place.Value);
        Assert.That(come.Where(place => kept.ContainsKey(place.Key)), Is.EquivalentTo(kept), $"{kind.Name}: where things stand");
        Assert.That(await card.Page.EvaluateAsync<string[]>("window.moved"), Is.Empty, $"{kind.Name}: what moved");
        Assert.That(await card.OverflowsAsync(), Is.False, $"{kind.Name}: everything fits the column");
        if (kind.Name != "new")
        {
            Assert.That(kept, Has.Count.GreaterThan(7), $"{kind.Name}: what has its place before the numbers come");
            await TestContext.Out.WriteLineAsync($"{kind.Name}: {height} → {(await card.Card.BoundingBoxAsync())!.Height}");
        }
    }

    private static async Task<Dictionary<string, double>> PlacesAsync(CardPage card) =>
        JsonSerializer.Deserialize<Dictionary<string, double>>(await card.Card.EvaluateAsync<string>(Places))!;
}
