using System.Net;
using System.Text;
using System.Text.Json;

namespace AmoLtv.Host.Tests.Analytics;

/// <summary>Lists of clients and leads: paging, files, filters.</summary>
[TestFixture, Category("Slow")]
public sealed class ClientListTests
{
    private AnalyticsServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await AnalyticsServer.SharedAsync();

    [TestCase("tier")]
    [TestCase("-tier")]
    [TestCase("purchases")]
    [TestCase("-missing")]
    [TestCase("missing")]
    [TestCase("name")]
    [TestCase("-lifecycle")]
    [TestCase("repeatProbability")]
    [TestCase("-lastPurchase")]
    [TestCase("-value")]
    public async Task Parts_of_a_list_hold_each_client_once_whatever_is_equal(string sort)
    {
        var all = await _server.WalkAsync($"clients?order={sort}", limit: 200);
        var parts = await _server.WalkAsync($"clients?order={sort}", limit: 3);

        Assert.That(parts.ConvertAll(Key), Is.EqualTo(all.ConvertAll(Key)));
        Assert.That(all.ConvertAll(Key), Is.Unique);
        Assert.That(all, Has.Count.EqualTo(await _server.ScalarAsync<int>("select count(*) from analysed_clients where account_id = @Account")));
    }

    [TestCase("won", "-value")]
    [TestCase("won", "day")]
    [TestCase("lost", "-amount")]
    [TestCase("noAmount", "amount")]
    [TestCase("noCompany", "-day")]
    public async Task Parts_of_a_list_of_leads_hold_each_lead_once(string list, string sort)
    {
        var all = await _server.WalkAsync($"leads?list={list}&order={sort}", limit: 200);
        var parts = await _server.WalkAsync($"leads?list={list}&order={sort}", limit: 3);

        Assert.That(parts.ConvertAll(row => row.GetProperty("id").GetInt64()), Is.EqualTo(all.ConvertAll(row => row.GetProperty("id").GetInt64())).And.Unique);
        Assert.That(all, Is.Not.Empty);
    }

    [Test]
    public async Task List_is_in_the_order_asked_for_and_missing_values_come_last()
    {
        var rising = (await _server.WalkAsync("clients?order=averageOrderValue", 50)).ConvertAll(Average);
        var falling = (await _server.WalkAsync("clients?order=-averageOrderValue", 50)).ConvertAll(Average);

        Assert.That(rising.OfType<decimal>(), Is.Ordered);
        Assert.That(falling.OfType<decimal>(), Is.Ordered.Descending);
        Assert.That(rising.SkipWhile(value => value is not null), Has.All.Null);
        Assert.That(falling.SkipWhile(value => value is not null), Has.All.Null);

        static decimal? Average(JsonElement row) => row.GetProperty("averageOrderValue") is { ValueKind: JsonValueKind.Number } value ? value.GetDecimal() : null;
    }

    [TestCase("ru", ';')]
    [TestCase("en", ',')]
    public async Task File_of_a_list_is_the_list(string language, char separator)
    {
        var list = await _server.WalkAsync("clients?order=-historical", 200);
        using var answer = await _server.AskAsync($"clients.csv?order=-historical&language={language}");
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var rows = CsvRows.Read(Encoding.UTF8.GetString(bytes.AsSpan(3)), separator);

        Assert.That(bytes[..3], Is.EqualTo(Encoding.UTF8.GetPreamble()));
        Assert.That(answer.Content.Headers.ContentDisposition!.FileName, Does.Contain("clients.csv"));
        Assert.That(rows, Has.Count.EqualTo(list.Count + 1));
        Assert.That(rows.Select(row => row.Length).Distinct().Count(), Is.EqualTo(1));
        Assert.That(
            rows.Skip(1).Select(row => row[1].Split('/')[^1]),
            Is.EqualTo(list.Select(row => row.GetProperty("id").ToString())));
        Assert.That(
            rows.Skip(1).Select(row => row[6].Replace(',', '.')),
            Is.EqualTo(list.Select(row => row.GetProperty("historical").ToString())));
    }

    [Test]
    public async Task File_of_leads_is_the_list()
    {
        var list = await _server.WalkAsync("leads?list=lost&order=-amount", 200);
        using var answer = await _server.AskAsync("leads.csv?list=lost&order=-amount&language=en");
        var rows = CsvRows.Read((await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF'), ',');

        Assert.That(rows.Skip(1).Select(row => row[0]), Is.EqualTo(list.Select(row => row.GetProperty("id").ToString())));
    }

    [Test]
    public async Task Name_that_looks_like_a_formula_is_harmless_in_a_file()
    {
        using var answer = await _server.AskAsync("clients.csv?search=hyperlink&language=ru");
        var rows = CsvRows.Read((await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF'), ';');

        Assert.That(rows, Has.Count.EqualTo(2));
        Assert.That(rows[1][0], Is.EqualTo("'=HYPERLINK(\"http://evil\",\"x\");\r\n<img onerror=1>"));
    }

    /// <summary>Names of custom fields and of their values come from the account's CRM, and back from whoever asks for a list by them.</summary>
    [Test]
    public async Task Text_that_is_SQL_is_a_text_like_any_other(
        [Values("clients?search={0}", "clients?driver={0}&level=1", "clients?driver=company:1&level={0}", "clients?channel={0}", "clients?order={0}", "clients?tier={0}",
            "clients?lifecycle={0}", "clients?cohort={0}", "clients?bought={0}", "clients?product={0}", "clients?near={0}", "clients?cursor={0}", "leads?list={0}",
            "leads?list=lost&stage={0}", "leads?list=lost&manager={0}", "leads?list=lost&order={0}", "leads?list=lost&lossReason={0}")] string path,
        [Values("'; drop table leads; --", "x' or '1' = '1", "\\'; select pg_sleep(60); --", "@Account or true", "{0} $1")] string text)
    {
        var leads = await _server.ScalarAsync<long>("select count(*) from leads");
        using var answer = await _server.AskAsync(path.Replace("{0}", Uri.EscapeDataString(text), StringComparison.Ordinal));

        Assert.That((int)answer.StatusCode, Is.EqualTo(200).Or.EqualTo(400));
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            using var found = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            Assert.That(found.RootElement.GetProperty("items").GetArrayLength(), Is.Zero, "A condition that is no name, number or date of anything finds nothing.");
        }

        Assert.That(await _server.ScalarAsync<long>("select count(*) from leads"), Is.EqualTo(leads));
    }

    [TestCase("HYPER", 1)]
    [TestCase("%", 0)]
    [TestCase("_", 0)]
    [TestCase("\\", 0)]
    public async Task Search_finds_parts_of_names_and_takes_every_character_as_it_is(string text, int found) =>
        Assert.That((await _server.GetAsync($"clients?search={Uri.EscapeDataString(text)}")).GetProperty("items").GetArrayLength(), Is.EqualTo(found));

    [Test]
    public async Task Search_takes_no_notice_of_capitals_in_any_alphabet()
    {
        var name = await _server.ScalarAsync<string>(
            """
            select company.name
            from analysed_clients client
            join companies company on company.account_id = client.account_id and company.company_id = client.customer_id
            where client.account_id = @Account and client.scope = 1 and company.name ~ '[А-Я]'
            limit 1
            """);
        foreach (var text in new[] { name.ToLowerInvariant(), name.ToUpperInvariant() })
        {
            var found = await _server.GetAsync($"clients?search={Uri.EscapeDataString(text)}");
            Assert.That(found.GetProperty("items").GetArrayLength(), Is.Positive, text);
        }
    }

    [TestCase("clients?order=password")]
    [TestCase("clients?order=value;drop")]
    [TestCase("clients?cohort=yesterday")]
    [TestCase("clients?cohort=2025-13")]
    [TestCase("clients?manager=me")]
    [TestCase("clients?cursor=AAAA")]
    [TestCase("clients.csv?order=password")]
    [TestCase("leads?list=all")]
    [TestCase("leads")]
    [TestCase("leads?list=lost&stage=7")]
    public async Task List_that_cannot_be_understood_is_refused_in_words(string path)
    {
        using var answer = await _server.AskAsync(path);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("badFilter"));
    }

    [Test]
    public async Task Cursor_of_another_order_and_a_forged_one_are_refused()
    {
        var next = (await _server.GetAsync("clients?order=value&limit=1")).GetProperty("next").GetString();
        var forged = Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"Sort":"value","Key":"x'; drop table leads","Id":1,"Scope":1}""")).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        using var other = await _server.AskAsync($"clients?order=-value&cursor={next}");
        using var bad = await _server.AskAsync($"clients?order=value&cursor={forged}");

        Assert.That((other.StatusCode, bad.StatusCode), Is.EqualTo((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest)));
    }

    private static string Key(JsonElement row) => $"{row.GetProperty("scope")}:{row.GetProperty("id")}";
}
