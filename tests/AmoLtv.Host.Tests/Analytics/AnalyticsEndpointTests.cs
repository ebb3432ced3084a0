using System.Globalization;
using System.Net;
using System.Text.Json;

namespace AmoLtv.Host.Tests.Analytics;

/// <summary>The analytics tabs over a sandbox's account: figures add up, and every list is what its figure says.</summary>
[TestFixture, Category("Slow")]
public sealed class AnalyticsEndpointTests
{
    private static readonly string[] Whole = ["cohorts", "retention", "forecast", "managers", "channels", "losses", "drivers", "quality", "leads?list=won", "leads.csv?list=won"];

    private AnalyticsServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await AnalyticsServer.SharedAsync();

    [Test]
    public void Tab_says_so_before_the_first_analysis()
    {
        Assert.That(_server.Before.Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(_server.Before.Text, Does.Contain("notAnalysed"));
    }

    [Test]
    public async Task Sums_of_every_cut_are_the_value_of_the_base()
    {
        var overview = await _server.GetAsync("overview");
        var segments = await _server.GetAsync("segments");
        var (clients, value) = (Int(overview, "base", "clients"), Money(overview, "base", "value"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(clients, Is.GreaterThan(20));
            foreach (var way in new[] { "tiers", "rfm", "lifecycle", "cells" })
            {
                Assert.That(Sum(segments.GetProperty(way), "clients"), Is.EqualTo(clients), way);
                Assert.That(Sum(segments.GetProperty(way), "value"), Is.EqualTo(value), way);
            }

            Assert.That(Sum((await _server.GetAsync("channels")).GetProperty("document").GetProperty("channels"), "value"), Is.EqualTo(value));
            Assert.That(
                (await _server.GetAsync("managers")).GetProperty("document").GetProperty("managers").EnumerateArray().Sum(row => Money(row, "holds", "value")), Is.EqualTo(value));
            Assert.That(await _server.TotalAsync("clients"), Is.EqualTo(((long)clients, value)));
            Assert.That(await _server.ScalarAsync<decimal>("select sum(value) from analysed_clients where account_id = @Account"), Is.EqualTo(value));
        }
    }

    [Test]
    public async Task Reconciliation_holds_and_equals_what_is_listed()
    {
        var numbers = (await _server.GetAsync("overview")).GetProperty("whole").GetProperty("numbers");
        var reconciliation = numbers.GetProperty("numbers").GetProperty("reconciliation");

        Assert.That(reconciliation.GetProperty("agrees").GetBoolean(), Is.True);
        Assert.That(Money(numbers, "listedRevenue"), Is.EqualTo(Money(reconciliation, "revenue")));
        Assert.That(Int(numbers, "listedPurchases"), Is.EqualTo(Int(reconciliation, "purchases")));
    }

    [Test]
    public async Task List_behind_each_segment_is_the_segment()
    {
        var segments = await _server.GetAsync("segments");
        foreach (var (way, filter) in new[] { ("tiers", "tier"), ("rfm", "rfm"), ("lifecycle", "lifecycle") })
        {
            foreach (var row in segments.GetProperty(way).EnumerateArray())
            {
                Assert.That(
                    await _server.TotalAsync($"clients?{filter}={row.GetProperty("segment").GetString()}"),
                    Is.EqualTo(((long)Int(row, "clients"), Money(row, "value"))), $"{way} {row}");
            }
        }

        foreach (var cell in segments.GetProperty("cells").EnumerateArray())
        {
            Assert.That(
                await _server.TotalAsync($"clients?recency={Int(cell, "recency")}&frequency={Int(cell, "frequency")}"),
                Is.EqualTo(((long)Int(cell, "clients"), Money(cell, "value"))), cell.ToString());
        }

        Assert.That((await _server.TotalAsync("clients?near=any")).Count, Is.EqualTo(Int(segments, "nearTiers")));
    }

    [Test]
    public async Task List_behind_each_channel_and_manager_is_theirs()
    {
        foreach (var row in (await _server.GetAsync("channels")).GetProperty("document").GetProperty("channels").EnumerateArray())
        {
            var channel = row.GetProperty("channel").GetString() ?? "-";
            Assert.That(await _server.TotalAsync($"clients?channel={Uri.EscapeDataString(channel)}"), Is.EqualTo(((long)Int(row, "clients"), Money(row, "value"))), channel);
        }

        foreach (var row in (await _server.GetAsync("managers")).GetProperty("document").GetProperty("managers").EnumerateArray())
        {
            var user = row.GetProperty("user") is { ValueKind: JsonValueKind.Number } number ? number.ToString() : "-";
            Assert.That(await _server.TotalAsync($"clients?manager={user}"), Is.EqualTo(((long)Int(row, "holds", "clients"), Money(row, "holds", "value"))), user);
            Assert.That((await _server.TotalAsync($"leads?list=won&manager={user}")).Value, Is.EqualTo(Money(row, "won", "value")), user);
            Assert.That(
                (await _server.TotalAsync($"clients?manager={user}&lifecycle=slipping,dormant")).Count, Is.EqualTo(Int(row, "holds", "slippingClients")), user);
        }
    }

    [Test]
    public async Task List_behind_each_loss_is_that_loss()
    {
        var document = (await _server.GetAsync("losses")).GetProperty("document");
        Assert.That((await _server.TotalAsync("leads?list=lost")).Count, Is.EqualTo(Int(document, "leads")).And.GreaterThan(0));
        foreach (var row in document.GetProperty("losses").GetProperty("byStage").EnumerateArray())
        {
            var stage = row.GetProperty("stage") is { ValueKind: JsonValueKind.Object } key ? $"{key.GetProperty("pipeline")}:{key.GetProperty("status")}" : "-";
            Assert.That(await _server.TotalAsync($"leads?list=lost&stage={stage}"), Is.EqualTo(((long)Int(row, "leads"), Money(row, "amount"))), stage);
        }

        foreach (var row in document.GetProperty("losses").GetProperty("byReason").EnumerateArray())
        {
            var reason = row.GetProperty("reason") is { ValueKind: JsonValueKind.Number } number ? number.ToString() : "-";
            Assert.That((await _server.TotalAsync($"leads?list=lost&lossReason={reason}")).Count, Is.EqualTo(Int(row, "leads")), reason);
        }
    }

    [Test]
    public async Task List_behind_each_gap_is_that_gap()
    {
        var document = (await _server.GetAsync("quality")).GetProperty("document");
        var gaps = document.GetProperty("gaps").EnumerateArray().ToDictionary(gap => gap.GetProperty("kind").GetString()!);
        foreach (var (kind, gap) in gaps)
        {
            var (count, value) = await _server.TotalAsync($"leads?list={kind}");
            Assert.That(count, Is.EqualTo(Int(gap, "leads")), kind);
            Assert.That(gap.GetProperty("isEstimated").GetBoolean() || value == Money(gap, "money"), Is.True, kind);
        }

        // Nobody entered what is missing: each is taken for a mean purchase.
        var (missing, mean) = (gaps["noAmount"], Money(document, "averageOrderValue"));
        Assert.That(Int(missing, "leads"), Is.GreaterThan(0));
        Assert.That(Money(missing, "money"), Is.EqualTo(Math.Round(Int(missing, "leads") * mean, 2)));
        Assert.That(Int(gaps["noCustomer"], "leads"), Is.GreaterThan(0));
        Assert.That(Int(gaps["noCompany"], "leads"), Is.GreaterThan(0));
    }

    [Test]
    public async Task List_behind_a_cell_of_a_cohort_is_who_bought_then()
    {
        var answer = await _server.GetAsync("cohorts?period=quarter");
        var cohort = answer.GetProperty("cohorts").EnumerateArray().MaxBy(row => row.GetProperty("active").GetArrayLength() * Int(row, "clients"));
        var start = DateOnly.ParseExact(cohort.GetProperty("start").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        for (var place = 0; place < cohort.GetProperty("active").GetArrayLength(); place++)
        {
            Assert.That(
                (await _server.TotalAsync($"clients?cohort={Quarter(start)}&bought={Quarter(start.AddMonths(3 * place))}")).Count,
                Is.EqualTo(cohort.GetProperty("active")[place].GetInt32()), $"{start}, {place}");
        }

        static string Quarter(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year}-Q{((day.Month - 1) / 3) + 1}");
    }

    [Test]
    public async Task List_behind_a_level_of_a_driver_is_its_clients()
    {
        foreach (var driver in (await _server.GetAsync("drivers")).GetProperty("document").GetProperty("drivers").EnumerateArray())
        {
            foreach (var level in driver.GetProperty("levels").EnumerateArray())
            {
                Assert.That(
                    await _server.TotalAsync($"clients?driver={driver.GetProperty("name").GetString()}&level={Uri.EscapeDataString(level.GetProperty("level").GetString()!)}"),
                    Is.EqualTo(((long)Int(level, "clients"), Money(level, "value"))), $"{driver.GetProperty("name")} {level}");
            }
        }
    }

    [Test]
    public async Task List_behind_each_product_is_who_bought_it()
    {
        var answer = await _server.GetAsync("products");
        var document = answer.GetProperty("document");
        var products = document.GetProperty("products").EnumerateArray().ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(document.GetProperty("state").GetString(), Is.EqualTo("found"));
            Assert.That(products, Has.Count.GreaterThan(10));
            Assert.That(products.Sum(row => Money(row, "revenue")) + Money(document, "moreRevenue"), Is.EqualTo(Money(document, "cover", "linkedRevenue")));
            Assert.That(Money(document, "cover", "linkedRevenue"), Is.LessThan(Money(document, "cover", "revenue")));
        }

        foreach (var row in products)
        {
            var product = Product(row.GetProperty("product"));
            Assert.That(answer.GetProperty("names").GetProperty(product).GetProperty("name").GetString(), Is.Not.Empty);
            Assert.That((await _server.TotalAsync($"clients?product={product}")).Count, Is.EqualTo(Int(row, "clients")), product);
            Assert.That((await _server.TotalAsync($"clients?product={product}&repeated=true")).Count, Is.EqualTo(Int(row, "repeated")), product);
        }

        foreach (var offer in answer.GetProperty("offers").EnumerateArray())
        {
            var (after, next) = (Product(offer.GetProperty("after")), Product(offer.GetProperty("product")));
            Assert.That((await _server.TotalAsync($"clients?product={after}&without={next}")).Count, Is.EqualTo(Int(offer, "candidates")));
            Assert.That((await _server.TotalAsync($"clients?product={after}&later={next}")).Count, Is.EqualTo(Int(offer, "evidence", "followers")));
        }

        static string Product(JsonElement id) => $"{id.GetProperty("catalog")}:{id.GetProperty("element")}";
    }

    [Test]
    public async Task Member_sees_the_products_of_own_clients()
    {
        var bought = await _server.ScalarAsync<decimal>(
            $"""
            select sum(bought.revenue) from analysed_products bought
            join analysed_clients client using (account_id, scope, customer_id)
            where account_id = @Account and client.responsible_user_id = {_server.Member}
            """);

        var document = (await _server.GetAsMemberAsync("products")).GetProperty("document");

        Assert.That(Sum(document.GetProperty("products"), "revenue"), Is.EqualTo(bought).And.GreaterThan(0));
        Assert.That(document.GetProperty("cover").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task Member_sees_own_clients_alone()
    {
        var (own, value) = (
            await _server.ScalarAsync<long>($"select count(*) from analysed_clients where account_id = @Account and responsible_user_id = {_server.Member}"),
            await _server.ScalarAsync<decimal>($"select sum(value) from analysed_clients where account_id = @Account and responsible_user_id = {_server.Member}"));
        var overview = await _server.GetAsMemberAsync("overview");
        var list = await _server.GetAsMemberAsync("clients?limit=200");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(own, Is.GreaterThan(3));
            Assert.That(Int(overview, "base", "clients"), Is.EqualTo(own));
            Assert.That(Money(overview, "base", "value"), Is.EqualTo(value));
            Assert.That(overview.GetProperty("whole").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(Sum((await _server.GetAsMemberAsync("segments")).GetProperty("tiers"), "value"), Is.EqualTo(value));
            Assert.That(list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("responsible").GetInt64()), Has.All.EqualTo(_server.Member));
            Assert.That(list.GetProperty("items").GetArrayLength(), Is.EqualTo(own));
            Assert.That((await _server.GetAsMemberAsync("clients?manager=-")).GetProperty("items").GetArrayLength(), Is.Zero);
        }

        using var file = await _server.AskAsMemberAsync("clients.csv");
        Assert.That((await file.Content.ReadAsStringAsync()).Split("\r\n").Count(line => line.Contains("/detail/", StringComparison.Ordinal)), Is.EqualTo(own));
        foreach (var path in Whole)
        {
            using var refused = await _server.AskAsMemberAsync(path);
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), path);
        }
    }

    [Test]
    public async Task Answer_that_has_not_changed_is_not_sent_again()
    {
        using var first = await _server.AskAsync("segments");
        var tag = first.Headers.ETag!.ToString();
        using var again = await _server.AskAsync("segments", tag);
        using var another = await _server.AskAsync("retention", tag);
        using var member = await _server.AskAsMemberAsync("segments");

        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That(another.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(member.Headers.ETag!.ToString(), Is.Not.EqualTo(tag));
        Assert.That(first.Headers.CacheControl!.ToString(), Does.Contain("private").And.Contain("no-cache"));
    }

    private static int Int(JsonElement row, params string[] path) => At(row, path).GetInt32();

    private static decimal Money(JsonElement row, params string[] path) => At(row, path).GetDecimal();

    private static JsonElement At(JsonElement row, string[] path) => path.Aggregate(row, (part, name) => part.GetProperty(name));

    private static decimal Sum(JsonElement rows, string name) => rows.EnumerateArray().Sum(row => row.GetProperty(name).GetDecimal());
}
