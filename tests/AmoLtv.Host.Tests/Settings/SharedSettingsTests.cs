using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dapper;

namespace AmoLtv.Host.Tests.Settings;

/// <summary>What is no version of the settings, changed by two at once: tasks, notices, writing and currency.</summary>
[TestFixture]
public sealed class SharedSettingsTests
{
    private SettingsPage _page = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _page = await SettingsPage.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _page.DisposeAsync();

    [SetUp]
    public Task ForgetAsync() => _page.ForgetAsync();

    [Test]
    public async Task Tasks_notices_rate_and_currency_leave_a_trace()
    {
        var currency = (string)(await _page.GetAsync(""))["currency"]!["code"]!;
        await _page.PutAsync("/tasks", Tasks(5, await _page.SeenAsync("/tasks")));
        using var tooMany = await _page.SendAsync(HttpMethod.Put, "/tasks", Tasks(5000, await _page.SeenAsync("/tasks")));
        await _page.PutAsync("/notices", Notices("anna@example.com", await _page.SeenAsync("/notices")));
        using var noAddress = await _page.SendAsync(HttpMethod.Put, "/notices", Notices("anna", await _page.SeenAsync("/notices")));
        using var trial = await _page.SendAsync(HttpMethod.Post, "/notices/test", new { channel = "webhook" });
        await _page.PutAsync("/write-back/rate", new { cardsPerMinute = 60, minutesARun = 30, seen = await _page.SeenAsync("/write-back") });
        await _page.PostAsync("/currency/confirm", new { currency });

        Assert.That((tooMany.StatusCode, noAddress.StatusCode, trial.StatusCode), Is.EqualTo((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadGateway)));
        var trail = (await _page.GetAsync("/trail"))["items"]!.AsArray();
        Assert.That(trail.Select(entry => (string)entry!["area"]!), Is.EqualTo(new[] { "writeBack", "notices", "tasks" }), "a currency confirmed as it was changes nothing");
        Assert.That((int)trail[2]!["after"]!["dailyCap"]!, Is.EqualTo(5));
    }

    [Test]
    public async Task The_second_of_two_who_change_tasks_notices_or_writing_is_told_who_was_first()
    {
        var (tasks, notices, writing) = (await _page.SeenAsync("/tasks"), await _page.SeenAsync("/notices"), await _page.SeenAsync("/write-back"));
        await _page.PutAsync("/tasks", Tasks(7, tasks));
        await _page.PutAsync("/notices", Notices("first@example.com", notices));
        await _page.PutAsync("/write-back/rate", new { cardsPerMinute = 61, minutesARun = 31, seen = writing });

        foreach (var (method, path, body) in new (HttpMethod, string, object)[]
        {
            (HttpMethod.Put, "/tasks", Tasks(8, tasks)),
            (HttpMethod.Put, "/notices", Notices("second@example.com", notices)),
            (HttpMethod.Put, "/write-back/rate", new { cardsPerMinute = 62, minutesARun = 32, seen = writing }),
            (HttpMethod.Put, "/write-back/language", new { language = "en", seen = writing }),
            (HttpMethod.Post, "/write-back/enable", new { customers = new[] { "ltv" }, leads = Array.Empty<string>(), seen = writing }),
            (HttpMethod.Post, "/write-back/map", new { entity = "company", output = "ltv", field = 1, seen = writing }),
        })
        {
            using var answer = await _page.SendAsync(method, path, body);
            var problem = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
            Assert.That((answer.StatusCode, (string)problem["code"]!), Is.EqualTo((HttpStatusCode.Conflict, "stale")), path);
            Assert.That((string)problem["by"]!, Is.EqualTo(_page.Admin), path);
        }

        Assert.That((int)(await _page.GetAsync("/tasks"))["dailyCap"]!, Is.EqualTo(7));
        Assert.That((string)(await _page.GetAsync("/notices"))["email"]!, Is.EqualTo("first@example.com"));
        var now = await _page.GetAsync("/write-back");
        Assert.That(((int)now["cardsPerMinute"]!, (string?)now["language"], (bool)now["isEnabled"]!), Is.EqualTo((61, (string?)null, false)));
    }

    [Test]
    public async Task A_change_made_on_what_the_command_line_has_changed_is_refused_without_a_name()
    {
        var seen = await _page.SeenAsync("/tasks");
        await using var connection = await _page.OpenAsync();
        await connection.ExecuteAsync(
            "insert into task_settings (account_id, daily_cap) select account_id, 11 from accounts on conflict (account_id) do update set daily_cap = 11");

        using var answer = await _page.SendAsync(HttpMethod.Put, "/tasks", Tasks(12, seen));

        var problem = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.That((answer.StatusCode, problem["by"], (int)problem["current"]!["dailyCap"]!), Is.EqualTo((HttpStatusCode.Conflict, (JsonNode?)null, 11)));
    }

    [Test]
    public async Task Of_many_who_change_tasks_at_once_exactly_one_does()
    {
        var seen = await _page.SeenAsync("/tasks");
        var answers = await Task.WhenAll(Enumerable.Range(30, 6).Select(async cap =>
        {
            using var answer = await _page.SendAsync(HttpMethod.Put, "/tasks", Tasks(cap, seen));
            return answer.StatusCode;
        }));

        Assert.That(answers.Count(status => status == HttpStatusCode.OK), Is.EqualTo(1));
        Assert.That(answers.Count(status => status == HttpStatusCode.Conflict), Is.EqualTo(5));
    }

    [Test]
    public async Task A_currency_is_confirmed_only_as_it_was_shown()
    {
        await using var connection = await _page.OpenAsync();
        var shown = await connection.QuerySingleAsync<string>("select currency from accounts");
        try
        {
            await connection.ExecuteAsync("update accounts set currency = 'KZT', confirmed_currency = 'USD'");

            using var other = await _page.SendAsync(HttpMethod.Post, "/currency/confirm", new { currency = "EUR" });
            using var none = await _page.SendAsync(HttpMethod.Post, "/currency/confirm", new { });
            var before = await connection.QuerySingleAsync<string>("select confirmed_currency from accounts");
            await _page.PostAsync("/currency/confirm", new { currency = "KZT" });

            Assert.That((other.StatusCode, none.StatusCode, before), Is.EqualTo((HttpStatusCode.Conflict, HttpStatusCode.Conflict, "USD")));
            Assert.That(await connection.QuerySingleAsync<string>("select confirmed_currency from accounts"), Is.EqualTo("KZT"));
            Assert.That((string)(await _page.GetAsync("/trail"))["items"]![0]!["after"]!["confirmed"]!, Is.EqualTo("KZT"));
        }
        finally
        {
            await connection.ExecuteAsync("update accounts set currency = @shown, confirmed_currency = @shown", new { shown });
        }
    }

    [Test]
    public async Task Write_back_is_looked_at_before_fields_are_made_and_chosen_one_by_one()
    {
        var wish = new { customers = new[] { "ltv", "tier" }, leads = Array.Empty<string>(), seen = await _page.SeenAsync("/write-back") };
        var preview = await _page.PostAsync("/write-back/preview", wish);
        var enabled = await _page.PostAsync("/write-back/enable", wish);
        var off = await _page.PostAsync("/write-back/enable", new { customers = Array.Empty<string>(), leads = Array.Empty<string>(), seen = (string)enabled["seen"]! });

        Assert.That(preview.AsArray().Select(choice => (string)choice!["entity"]! + "." + (string)choice["output"]!),
            Is.EquivalentTo(new[] { "company.ltv", "company.tier", "contact.ltv", "contact.tier" }));
        Assert.That(preview.AsArray().All(choice => choice!["field"] is null), Is.True);
        Assert.That(enabled["outputs"]!.AsArray().Count(output => (bool)output!["isOn"]!), Is.EqualTo(4));
        Assert.That(((bool)enabled["isEnabled"]!, (bool)off["isEnabled"]!), Is.EqualTo((true, false)));
    }

    private static object Tasks(int dailyCap, string seen) =>
        new { isEnabled = true, dailyCap, topTiers = 1, onSlipping = true, onTier = false, dueDays = 2, seen };

    private static object Notices(string email, string seen) => new { isInCrm = false, email, webhookUrl = (string?)null, seen };
}
