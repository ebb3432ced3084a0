using Dapper;
using Microsoft.Playwright;

namespace AmoLtv.Host.Tests.Browser;

/// <summary>A card that stays open while its numbers, or its server, change.</summary>
[Category("Browser")]
[Watched]
public sealed class CardRefreshTests
{
    /// <summary>Longer than a card waits before it asks again.</summary>
    private const int Turn = 30_000;

    [Test]
    public async Task Open_card_shows_a_new_number_by_itself_and_does_not_move()
    {
        var id = await ValuedCustomers.OtherCompanyAsync(place: 8);
        await using var card = await CardPage.OpenAsync("companies", id, before: page => page.Clock.InstallAsync());
        await card.ShowsAsync("valued");
        var before = await card.HeadlineAsync();
        var height = (await card.Card.BoundingBoxAsync())!.Height;
        await card.Card.EvaluateAsync("card => { window.shownBefore = card.querySelector('.ltvw__figures'); }");
        await LowerAsync(id);
        await card.Page.Clock.FastForwardAsync(Turn);
        await card.Card.Locator($"data.ltvw__value:not([value=\"{before:0.##}\"])").WaitForAsync();

        Assert.That(await card.HeadlineAsync(), Is.EqualTo(before - 1));
        Assert.That((await card.Card.BoundingBoxAsync())!.Height, Is.EqualTo(height));
        Assert.That(await card.Card.EvaluateAsync<bool>("card => window.shownBefore === card.querySelector('.ltvw__figures')"), Is.True);
    }

    [Test]
    public async Task Open_card_that_has_not_changed_is_asked_for_by_version_and_answered_with_nothing()
    {
        var id = await ValuedCustomers.OtherCompanyAsync(place: 9);
        await using var card = await CardPage.OpenAsync("companies", id, before: page => page.Clock.InstallAsync());
        await card.ShowsAsync("valued");
        var answer = await card.Page.RunAndWaitForResponseAsync(
            () => card.Page.Clock.FastForwardAsync(Turn),
            response => response.Url.Contains("/api/cards/", StringComparison.Ordinal) && response.Request.Method == "GET");

        Assert.That(answer.Status, Is.EqualTo(304));
    }

    [Test]
    public async Task Server_that_goes_away_under_an_open_card_leaves_the_numbers_and_says_so_until_it_is_back()
    {
        var id = await ValuedCustomers.OtherCompanyAsync(place: 10);
        await using var card = await CardPage.OpenAsync("companies", id, before: page => page.Clock.InstallAsync());
        await card.ShowsAsync("valued");
        var known = await card.HeadlineAsync();
        card.Watch.Expect("net::ERR_FAILED");
        await card.Page.RouteAsync("**/api/cards/**", route => route.AbortAsync());
        for (var turn = 0; turn < 2; turn++)
        {
            var failed = new TaskCompletionSource();
            card.Page.RequestFailed += (_, _) => failed.TrySetResult();
            await card.Page.Clock.FastForwardAsync(2 * Turn);
            await failed.Task.WaitAsync(TimeSpan.FromMinutes(1));
        }

        await card.Page.Locator(".ltvw__warning").WaitForAsync();
        Assert.That(await card.HeadlineAsync(), Is.EqualTo(known));
        await card.Page.UnrouteAsync("**/api/cards/**");
        await card.Page.Clock.FastForwardAsync(5 * Turn);
        await card.Page.Locator(".ltvw__warning").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.That(await card.HeadlineAsync(), Is.EqualTo(known));
    }

    /// <summary>What a calculation would leave: another number of this company, and a later moment.</summary>
    private static async Task LowerAsync(long company)
    {
        await using var connection = await CardStage.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            update customer_results set ltv = ltv - 1 where scope = 1 and customer_id = @company and to_run is null;
            update account_values set calculated_at = calculated_at + interval '1 second';
            """,
            new { company });
    }
}
