namespace AmoLtv.Host.Tests.Browser;

[Category("Browser")]
[Watched]
public sealed class CardHeadlineTests
{
    // Each two of the four together at least once: what fails with one combination fails with two of its parts.
    [Test, Pairwise]
    public async Task Headline_equals_the_number_in_the_database(
        [Values("companies", "contacts", "leads")] string entity,
        [Values("light", "dark")] string theme,
        [Values(240, 300)] int width,
        [Values("ru", "en")] string language)
    {
        var (id, ltv) = await ExpectedAsync(entity);
        await using var card = await CardPage.OpenAsync(entity, id, theme, width, language);
        await card.ShowsAsync("valued");
        await card.PictureAsync($"{entity}-{theme}-{width}-{language}");
        Assert.That(await card.HeadlineAsync(), Is.EqualTo(ltv));
        Assert.That(await card.ShownHeadlineAsync(), Is.EqualTo(Headline.Written(ltv, language)));
        Assert.That(await card.OverflowsAsync(), Is.False, "everything fits the column");
    }

    [Test]
    public async Task Headline_that_the_floor_raised_says_so()
    {
        var (id, bought) = await ValuedCustomers.FlooredCompanyAsync();
        await using var card = await CardPage.OpenAsync("companies", id);
        await card.ShowsAsync("valued");
        Assert.That(await card.HeadlineAsync(), Is.EqualTo(bought));
        Assert.That(await card.TextAsync(), Does.Contain("равно купленному").And.Contain("По формуле меньше"));
    }

    [Test]
    public async Task Theme_of_the_page_reaches_the_card([Values("light", "dark")] string theme)
    {
        var (id, _) = await ValuedCustomers.PlainCompanyAsync();
        await using var card = await CardPage.OpenAsync("companies", id, theme);
        await card.ShowsAsync("valued");
        await card.PictureAsync($"plain-{theme}");
        var isInkLighter = await card.Card.EvaluateAsync<bool>("""
            card => {
              const light = color => color.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
              const style = getComputedStyle(card);
              return light(style.color) > light(style.backgroundColor);
            }
            """);
        Assert.That(isInkLighter, Is.EqualTo(theme == "dark"));
    }

    private static Task<(long Id, decimal Ltv)> ExpectedAsync(string entity) => entity switch
    {
        "companies" => ValuedCustomers.CompanyAsync(),
        "contacts" => ValuedCustomers.ContactAsync(),
        _ => ValuedCustomers.LeadAsync(),
    };
}
