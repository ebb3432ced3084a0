using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace AmoLtv.Host.Tests.Browser;

/// <summary>Each figure explains itself to whoever has a keyboard alone.</summary>
[Category("Browser")]
[Watched]
public sealed partial class CardExplanationTests
{
    private static readonly string[] Figures =
        ["ltv", "tier", "bought", "count", "average", "last", "expected", "next", "lifecycle", "chance", "cac", "ratio", "payback", "byPurchases", "byModel", "byAgeing", "whatIf"];

    private static readonly string[] Unfolded = ["acquisition", "change", "whatIf"];

    [TestCase("light", 240, "ru")]
    [TestCase("dark", 300, "en")]
    public async Task Every_figure_explains_itself_by_keyboard_alone(string theme, int width, string language)
    {
        await using var card = await OpenAsync(theme, width, language);
        var (met, height) = (new List<string>(), (await card.Card.BoundingBoxAsync())!.Height);
        await card.Card.EvaluateAsync("card => { card.tabIndex = -1; card.focus(); }");
        for (var step = 0; step < 60 && met.Count < Figures.Length; step++)
        {
            await card.Page.Keyboard.PressAsync("Tab");
            var (figure, part) = await FocusAsync(card);
            if (figure is not null)
            {
                met.Add(figure);
                await OpensAndClosesAsync(card, figure, step % 2 == 0 ? "Enter" : "Space");
            }
            else if (Unfolded.Contains(part))
            {
                await card.Page.Keyboard.PressAsync("Enter");
                height = (await card.Card.BoundingBoxAsync())!.Height;
            }

            Assert.That((await card.Card.BoundingBoxAsync())!.Height, Is.EqualTo(height), $"nothing moves for an explanation ({figure})");
        }

        Assert.That(met, Is.EquivalentTo(Figures));
        await PictureOfAsync(card, "ltv", $"explained-ltv-{theme}-{width}-{language}");
        await PictureOfAsync(card, "ratio", $"explained-ratio-{theme}-{width}-{language}");
    }

    [Test]
    public async Task Ratio_to_the_cost_divides_the_numbers_of_the_card()
    {
        var id = await ValuedCustomers.WithCostAsync();
        await using var card = await CardPage.OpenAsync("companies", id);
        await card.ShowsAsync("valued");
        await card.UnfoldAsync("acquisition");
        await card.Card.Locator("[data-ltvw-explain=ratio]").ClickAsync();
        var sum = Equation().Match((await card.Card.Locator(".ltvw__reckoned").InnerTextAsync()).Replace('\u00a0', ' '));
        Assert.That(sum.Success, Is.True);
        var (ltv, cost, ratio) = (Number(sum.Groups["ltv"].Value), Number(sum.Groups["cost"].Value), Number(sum.Groups["ratio"].Value));

        Assert.That(ltv, Is.EqualTo(await card.HeadlineAsync()));
        Assert.That(cost, Is.EqualTo(Number((await card.Part("acquisition").Locator("dd").First.InnerTextAsync()).Replace("₽", "", StringComparison.Ordinal))));
        Assert.That(ltv / cost, Is.EqualTo(ratio).Within(0.5m));
        Assert.That(sum.Groups["ratio"].Value, Is.EqualTo(await card.Part("acquisition").Locator(".ltvw__aside").InnerTextAsync()));
        await card.PictureAsync("explained-ratio-real");
    }

    private static async Task<CardPage> OpenAsync(string theme, int width, string language)
    {
        var (id, _) = await ValuedCustomers.CompanyAsync();
        var card = await CardPage.OpenAsync("companies", id, theme, width, language, before: CardPage.Amended(CardPartsTests.Rich));
        await card.ShowsAsync("valued");
        return card;
    }

    /// <summary>What has the focus: a figure that explains itself, or a part that unfolds.</summary>
    private static async Task<(string? Figure, string? Part)> FocusAsync(CardPage card)
    {
        var found = await card.Page.EvaluateAsync<string[]>("[document.activeElement.getAttribute('data-ltvw-explain') ?? '', document.activeElement.getAttribute('data-ltvw-unfold') ?? '']");
        return (found[0] == "" ? null : found[0], found[1] == "" ? null : found[1]);
    }

    private static async Task OpensAndClosesAsync(CardPage card, string figure, string key)
    {
        var button = card.Card.Locator($"[data-ltvw-explain={figure}]");
        var panel = card.Card.Locator(".ltvw__explained");
        await card.Page.Keyboard.PressAsync(key);
        Assert.That(await button.GetAttributeAsync("aria-expanded"), Is.EqualTo("true"), figure);
        Assert.That(await button.GetAttributeAsync("aria-describedby"), Is.EqualTo(await panel.GetAttributeAsync("id")), figure);
        Assert.That((await panel.InnerTextAsync()).Length, Is.GreaterThan(30), figure);
        var (inside, around) = ((await panel.BoundingBoxAsync())!, (await card.Card.BoundingBoxAsync())!);
        Assert.That((inside.X >= around.X, inside.X + inside.Width <= around.X + around.Width, inside.Y >= around.Y, inside.Y + inside.Height <= around.Y + around.Height), Is.EqualTo((true, true, true, true)), $"{figure} lies on its card");
        if (figure is "ltv" or "ratio")
        {
            Assert.That(await card.ViolationsAsync(), Is.Empty, figure);
        }

        await card.Page.Keyboard.PressAsync("Escape");
        Assert.That(await button.GetAttributeAsync("aria-expanded"), Is.EqualTo("false"), figure);
        Assert.That((await FocusAsync(card)).Figure, Is.EqualTo(figure), "focus stays");
    }

    private static async Task PictureOfAsync(CardPage card, string figure, string name)
    {
        await card.Card.Locator($"[data-ltvw-explain={figure}]").ClickAsync();
        await card.PictureAsync(name);
    }

    private static decimal Number(string written) =>
        decimal.Parse(written.Replace(" ", "", StringComparison.Ordinal).Replace("\u00a0", "", StringComparison.Ordinal).Replace(',', '.'), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<ltv>[\d ,]+) ₽ : (?<cost>[\d ,]+) ₽ [=≈] (?<ratio>[\d ,]+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Equation();
}
