using System.Globalization;
using System.Text.RegularExpressions;
using AmoLtv.Host.Tests.Analytics;
using Dapper;
using Microsoft.Playwright;

namespace AmoLtv.Host.Tests.Browser;

/// <summary>Lists behind the figures: opened, paged to their end, taken along as a file, and the same in the database.</summary>
[Category("Browser")]
[Watched]
public sealed partial class ListTests
{
    [TestCase("ru", ';')]
    [TestCase("en", ',')]
    public async Task Clients_are_paged_to_the_last_and_equal_their_file_and_the_database(string language, char separator)
    {
        await using var page = await ProductPage.AloneAsync(CardStage.Demo, "/analytics/clients", language);
        var cards = await CardsAsync(page);
        var file = await DownloadAsync(page, page.Main.Locator(".table").First, separator);

        await using var connection = await CardStage.Database.OpenConnectionAsync();
        var known = (await connection.QueryAsync<(int Scope, long Id, decimal Value)>("select scope, customer_id, value from analysed_clients")).ToList();
        Assert.That(known, Has.Count.GreaterThan(50), "more than one page");
        Assert.That(cards, Has.Count.EqualTo(known.Count).And.Unique);
        Assert.That(file.Rows.Select(row => new Uri(row[1]).AbsolutePath), Is.EquivalentTo(known.Select(one => $"/{(one.Scope == 1 ? "companies" : "contacts")}/detail/{one.Id}")));
        Assert.That(file.Rows.Select(row => new Uri(row[1]).AbsolutePath), Is.EqualTo(cards), "in the order of the page");
        Assert.That(file.Sum(language == "ru" ? "Ценность" : "Value", language), Is.EqualTo(known.Sum(one => one.Value)));
        Assert.That(file.Rows.Select(row => row[0]), Does.Contain("'" + CardStage.HostileName), "what begins like a formula is made harmless");
    }

    [Test]
    public async Task Every_list_behind_a_figure_holds_as_many_as_it_says_and_as_its_file()
    {
        await using var page = await ProductPage.AloneAsync(CardStage.Demo, "/analytics");
        var lists = await ListsAsync(page);
        Assert.That(lists, Has.Count.GreaterThan(10));
        using (Assert.EnterMultipleScope())
        {
            foreach (var href in lists)
            {
                await page.GoAsync(href);
                var table = page.Main.Locator(".table").First;
                var caption = ProductPage.Plain(await table.Locator(".table__caption").InnerTextAsync());
                var said = Number().Match(caption) is { Success: true } match ? int.Parse(match.Value.Replace(" ", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) : -1;
                var cards = await CardsAsync(page);

                Assert.That(cards, Has.Count.EqualTo(said).And.Unique, $"{href} shows what it says: {caption}");
                if (said > 0)
                {
                    var file = await DownloadAsync(page, table, ';');
                    Assert.That(file.Rows.Select(row => new Uri(row[1]).AbsolutePath), Is.EqualTo(cards), $"{href} as a file");
                }
            }
        }
    }

    [Test]
    public async Task Every_table_of_the_analytics_gives_its_rows_as_a_file()
    {
        await using var page = await ProductPage.AloneAsync(CardStage.Demo, "/analytics");
        var tables = 0;
        foreach (var tab in await page.LinksAsync(".tabs"))
        {
            await page.FollowAsync(".tabs", tab);
            foreach (var table in await page.Main.Locator(".table:has(.button:has-text('Скачать CSV')):not(:has(.table__foot))").AllAsync())
            {
                var file = await DownloadAsync(page, table, ';');
                Assert.That(file.Rows, Has.Count.EqualTo(await table.Locator("tbody tr").CountAsync()), $"{tab}: {string.Join(' ', file.Head)}");
                Assert.That(file.Rows.Select(row => row.Length), Is.All.EqualTo(file.Head.Length), tab);
                tables++;
            }
        }

        Assert.That(tables, Is.GreaterThan(10));
    }

    [Test]
    public async Task Lost_and_missing_leads_open_behind_their_numbers()
    {
        await using var page = await ProductPage.AloneAsync(CardStage.Demo, "/analytics/losses?list=all");
        var lost = page.Main.Locator(".table").Last;
        Assert.That(await RowsAsync(page, lost), Is.EqualTo(await CardStage.Demo.ScalarAsync<long>("select count(*) from analysed_leads where list = 'lost'")));
        Assert.That((await DownloadAsync(page, lost, ';')).Rows, Has.Count.EqualTo(await lost.Locator("tbody tr").CountAsync()));

        await page.GoAsync("#/analytics/quality?list=noAmount");
        var missing = page.Main.Locator(".table:has(a[href*='/leads/detail/'])");
        Assert.That(await RowsAsync(page, missing), Is.EqualTo(await CardStage.Demo.ScalarAsync<long>("select count(*) from lead_verdicts where reason = 'noAmount'")));
    }

    /// <summary>One list of each kind of question that any figure asks, and the nine first of tiers, states and groups.</summary>
    private static async Task<IReadOnlyList<string>> ListsAsync(ProductPage page)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tab in await page.LinksAsync(".tabs"))
        {
            await page.FollowAsync(".tabs", tab);
            foreach (var href in await page.Main.Locator("a[href^='#/analytics/clients']").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))"))
            {
                var query = href.Split('?') is [_, { } text] ? text : "";
                var kind = string.Join(',', query.Split('&').Select(part => part.Split('=')[0]).Order(StringComparer.Ordinal));
                found.TryAdd(kind is "tier" or "lifecycle" ? query : kind, href);
            }
        }

        return [.. found.Values];
    }

    /// <summary>Cards of the CRM that the rows of the page's first table lead to, paged to the end.</summary>
    private static async Task<IReadOnlyList<string>> CardsAsync(ProductPage page)
    {
        var table = page.Main.Locator(".table").First;
        await RowsAsync(page, table);
        var cards = await table.Locator("tbody th a").EvaluateAllAsync<string[]>("links => links.map(link => new URL(link.href).pathname)");
        return cards;
    }

    private static async Task<long> RowsAsync(ProductPage page, ILocator table)
    {
        var more = table.Locator(".table__foot .button");
        while (await more.CountAsync() > 0)
        {
            await more.ClickAsync();
            await page.SettledAsync();
        }

        return await table.Locator("tbody tr").CountAsync();
    }

    private static async Task<CsvContent> DownloadAsync(ProductPage page, ILocator table, char separator)
    {
        var download = await page.Browser.RunAndWaitForDownloadAsync(() => table.Locator(".page__actions .button:has(.icon)").First.ClickAsync());
        var text = await File.ReadAllTextAsync(await download.PathAsync());
        var rows = CsvRows.Read(text, separator);
        return new CsvContent(rows[0], rows.GetRange(1, rows.Count - 1));
    }

    [GeneratedRegex(@"^\d[\d ]*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    private sealed record CsvContent(string[] Head, IReadOnlyList<string[]> Rows)
    {
        public decimal Sum(string column, string language) =>
            Rows.Sum(row => decimal.Parse(row[Array.IndexOf(Head, column)], CultureInfo.GetCultureInfo(language == "ru" ? "ru-RU" : "en-US")));
    }
}
