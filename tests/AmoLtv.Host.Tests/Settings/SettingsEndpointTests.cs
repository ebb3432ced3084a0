using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;

namespace AmoLtv.Host.Tests.Settings;

/// <summary>The settings page's endpoints, by real requests of an administrator to a real server.</summary>
[TestFixture]
public sealed class SettingsEndpointTests
{
    private SettingsPage _page = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _page = await SettingsPage.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _page.DisposeAsync();

    [SetUp]
    public Task ForgetAsync() => _page.ForgetAsync();

    [Test]
    public async Task Nobody_but_an_administrator_may_look_or_change()
    {
        var users = await _page.Server.Crm.GetFromJsonAsync<JsonElement[]>("sandbox/users");
        var member = users!.First(user => !user.GetProperty("isAdmin").GetBoolean() && user.GetProperty("isActive").GetBoolean()).GetProperty("id").GetInt64();
        var token = await _page.TokenAsync(member);

        foreach (var path in new[] { "", "/versions", "/catalog", "/spend", "/exclusions", "/write-back", "/tasks", "/notices", "/trail" })
        {
            using var answer = await _page.SendAsync(HttpMethod.Get, path, body: null, token);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), path);
        }
    }

    [Test]
    public async Task Saved_settings_are_in_force_as_a_version_of_that_user_and_ask_for_new_numbers()
    {
        var settings = (await _page.GetAsync(""))["saved"]!["settings"]!;
        settings["horizonMonths"] = 24;

        var saved = await _page.PutAsync("", new { settings, basedOn = 0, comment = " long cycles " });

        Assert.That((int)saved["saved"]!["version"]!, Is.EqualTo(1));
        Assert.That((string)saved["saved"]!["savedBy"]!, Is.EqualTo(_page.Admin));
        Assert.That((string)saved["saved"]!["comment"]!, Is.EqualTo("long cycles"));
        Assert.That((string)saved["fresh"]!["when"]!, Is.EqualTo("soon"));
        Assert.That((int)(await _page.GetAsync(""))["saved"]!["settings"]!["horizonMonths"]!, Is.EqualTo(24));
        await using var connection = await _page.OpenAsync();
        Assert.That(await connection.QuerySingleAsync<bool>("select is_valuing_due from change_follows"), Is.True);
    }

    [Test]
    public async Task The_second_of_two_who_save_is_told_what_the_first_changed()
    {
        var settings = (await _page.GetAsync(""))["saved"]!["settings"]!;
        var mine = settings.DeepClone();
        settings["horizonMonths"] = 24;
        mine["discountPercent"] = 10;
        await _page.PutAsync("", new { settings, basedOn = 0, comment = "first" });

        using var answer = await _page.SendAsync(HttpMethod.Put, "", new { settings = mine, basedOn = 0 });

        var problem = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.That((answer.StatusCode, (string)problem["code"]!), Is.EqualTo((HttpStatusCode.Conflict, "stale")));
        Assert.That((int)problem["current"]!["version"]!, Is.EqualTo(1));
        Assert.That((string)problem["current"]!["comment"]!, Is.EqualTo("first"));
        Assert.That(problem["differs"]!.AsArray().Select(entry => ((string)entry!["key"]!, (string)entry["from"]!, (string)entry["to"]!)), Is.EqualTo(new[] { ("horizonMonths", "12", "24") }));
        Assert.That((await _page.GetAsync("/versions"))["items"]!.AsArray(), Has.Count.EqualTo(1), "nothing was saved");
    }

    [Test]
    public async Task Of_many_who_save_at_once_exactly_one_does()
    {
        var settings = (await _page.GetAsync(""))["saved"]!["settings"]!;
        var answers = await Task.WhenAll(Enumerable.Range(13, 6).Select(async months =>
        {
            var own = settings.DeepClone();
            own["horizonMonths"] = months;
            using var answer = await _page.SendAsync(HttpMethod.Put, "", new { settings = own, basedOn = 0 });
            return answer.StatusCode;
        }));

        Assert.That(answers.Count(status => status == HttpStatusCode.OK), Is.EqualTo(1));
        Assert.That(answers.Count(status => status == HttpStatusCode.Conflict), Is.EqualTo(5));
    }

    [Test]
    public async Task A_wrong_setting_is_refused_by_its_key()
    {
        var settings = (await _page.GetAsync(""))["saved"]!["settings"]!;
        settings["horizonMonths"] = 2;
        settings["cost"]!["kind"] = "field";

        using var answer = await _page.SendAsync(HttpMethod.Put, "", new { settings, basedOn = 0 });

        var problem = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.That((answer.StatusCode, (string)problem["code"]!), Is.EqualTo((HttpStatusCode.BadRequest, "invalid")));
        Assert.That(problem["errors"]!.AsObject().Select(error => error.Key), Is.EquivalentTo(new[] { "horizonMonths", "cost.field" }));
    }

    [TestCase("""{"settings": {"horizonMonths": "far"}, "basedOn": 0}""")]
    [TestCase("""{"settings": null, "basedOn": 0}""")]
    [TestCase("""{"basedOn": 0}""")]
    [TestCase("""{"settings": {"headline": 1}, "basedOn": 0}""")]
    public async Task What_is_no_settings_is_refused(string body)
    {
        using var answer = await _page.SendAsync(HttpMethod.Put, "", JsonNode.Parse(body));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Going_back_saves_the_old_version_anew_and_keeps_what_came_between()
    {
        var settings = (await _page.GetAsync(""))["saved"]!["settings"]!;
        await _page.PutAsync("", new { settings, basedOn = 0 });
        settings["horizonMonths"] = 24;
        await _page.PutAsync("", new { settings, basedOn = 1 });

        using var answer = await _page.SendAsync(HttpMethod.Post, "/versions/1/restore", new { basedOn = 2, comment = "too far" });
        using var missing = await _page.SendAsync(HttpMethod.Post, "/versions/9/restore", new { basedOn = 3 });

        Assert.That((answer.StatusCode, missing.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.NotFound)));
        var versions = (await _page.GetAsync("/versions?limit=2"));
        Assert.That(versions["items"]!.AsArray().Select(saved => (int)saved!["version"]!), Is.EqualTo(new[] { 3, 2 }));
        Assert.That((int)versions["items"]![0]!["settings"]!["horizonMonths"]!, Is.EqualTo(12));
        var rest = await _page.GetAsync($"/versions?limit=2&cursor={(string)versions["next"]!}");
        Assert.That(rest["items"]!.AsArray().Select(saved => (int)saved!["version"]!), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task A_draft_waits_for_its_user_until_settings_are_saved()
    {
        var settings = (await _page.GetAsync(""))["saved"]!["settings"]!;
        using var none = await _page.SendAsync(HttpMethod.Get, "/draft", body: null);
        settings["horizonMonths"] = 18;
        using var put = await _page.SendAsync(HttpMethod.Put, "/draft", new { settings, basedOn = 0, step = "horizon" });
        var draft = await _page.GetAsync("/draft");
        await _page.PutAsync("", new { settings, basedOn = 0 });
        using var gone = await _page.SendAsync(HttpMethod.Get, "/draft", body: null);

        Assert.That((none.StatusCode, put.StatusCode, gone.StatusCode), Is.EqualTo((HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.NoContent)));
        Assert.That(((string)draft["step"]!, (int)draft["settings"]!["horizonMonths"]!), Is.EqualTo(("horizon", 18)));
    }

    [Test]
    public async Task The_catalog_names_pipelines_with_their_stages_and_fields_by_kind()
    {
        var catalog = await _page.GetAsync("/catalog");

        var stages = catalog["pipelines"]!.AsArray()[0]!["stages"]!.AsArray();
        Assert.That(stages.Select(stage => (long)stage!["id"]!).TakeLast(2), Is.EqualTo(new[] { 142L, 143L }));
        Assert.That(catalog["leadFields"]!.AsArray().Select(field => (string)field!["kind"]!), Is.Not.Empty.And.SubsetOf(new[] { "number", "date", "text" }));
    }

    [Test]
    public async Task A_preview_of_the_settings_in_force_changes_nothing()
    {
        var settings = (await _page.GetAsync(""))["saved"]!["settings"]!;

        var preview = await _page.PostAsync("/preview", new { settings });

        Assert.That(preview["new"]!.ToJsonString(), Is.EqualTo(preview["old"]!.ToJsonString()));
        Assert.That(preview["clients"]!.AsArray(), Has.Count.EqualTo(5));
        await using var connection = await _page.OpenAsync();
        var stored = await connection.QuerySingleAsync<decimal>(
            "select sum(greatest(ltv, 0)) from customer_values where to_run is null and scope <> 2");
        Assert.That((decimal)preview["new"]!["sumLtv"]!, Is.EqualTo(stored));
    }

    [Test]
    public async Task A_lead_is_excluded_once_with_a_comment_and_taken_back()
    {
        await using var connection = await _page.OpenAsync();
        var lead = await connection.QueryFirstAsync<long>("select lead_id from lead_verdicts where kind = 1 order by lead_id");
        using var silent = await _page.SendAsync(HttpMethod.Post, "/exclusions", new { lead, comment = " " });
        using var unknown = await _page.SendAsync(HttpMethod.Post, "/exclusions", new { lead = 1, comment = "a test" });
        using var added = await _page.SendAsync(HttpMethod.Post, "/exclusions", new { lead, comment = "a test" });
        using var again = await _page.SendAsync(HttpMethod.Post, "/exclusions", new { lead, comment = "a test" });
        var listed = await _page.GetAsync("/exclusions?inForce=true");
        using var revoked = await _page.SendAsync(HttpMethod.Delete, $"/exclusions/{lead}", body: null);
        using var nothing = await _page.SendAsync(HttpMethod.Delete, $"/exclusions/{lead}", body: null);

        Assert.That(
            new[] { silent, unknown, added, again, revoked, nothing }.Select(answer => answer.StatusCode),
            Is.EqualTo(new[] { HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.OK, HttpStatusCode.NotFound }));
        Assert.That((long)listed["items"]![0]!["lead"]!, Is.EqualTo(lead));
        Assert.That((await _page.GetAsync("/exclusions?inForce=true"))["items"]!.AsArray(), Is.Empty);
        Assert.That((await _page.GetAsync("/exclusions"))["items"]!.AsArray(), Has.Count.EqualTo(1), "the trace stays");
    }

    [Test]
    public async Task Spend_is_imported_after_a_look_and_only_onto_what_was_looked_at()
    {
        var upload = new { text = "channel,month,amount\nads,2026-03,100\n", name = "spend.csv", replacesAll = false };
        var preview = await _page.PostAsync("/spend/import/preview", upload);
        var seen = (string)preview["state"]!;
        var cell = await _page.PutAsync("/spend/cell", new { channel = "seo", month = "2026-03-01", amount = 7, was = (decimal?)null });
        using var stale = await _page.SendAsync(HttpMethod.Post, "/spend/import", new { upload.text, upload.name, upload.replacesAll, seen });
        var done = await _page.PostAsync("/spend/import", upload);
        var table = await _page.GetAsync("/spend");
        var undone = await _page.PostAsync($"/spend/changes/{(long)done["change"]!}/undo", new { });
        await _page.PostAsync($"/spend/changes/{(long)cell["change"]!}/undo", new { });

        Assert.That((int)preview["changedCells"]!, Is.EqualTo(1));
        Assert.That(stale.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(table["items"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That((int)undone["restored"]!, Is.EqualTo(1));
        Assert.That((await _page.GetAsync("/spend"))["items"]!.AsArray(), Is.Empty);
    }
}
