using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using AmoLtv.Host.Running;
using AmoLtv.Sandbox;
using Dapper;

namespace AmoLtv.Host.Tests.Settings;

/// <summary>The settings page's endpoints, by real requests of an administrator to a real server.</summary>
[TestFixture]
public sealed class SettingsEndpointTests
{
    private HostServer _server = null!;
    private string _token = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await HostServer.StartAsync(new SandboxOptions { Companies = 30, Leads = 200 });
        await _server.InstallAsync();
        await _server.RunAsync(RunSteps.Sync, RunSteps.Recalculate);
        _token = await TokenAsync(_server.Sandbox.State.Owner.Id);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [SetUp]
    public async Task ForgetAsync()
    {
        await using var connection = await _server.Database.OpenConnectionAsync();
        await connection.ExecuteAsync("delete from settings_versions; delete from settings_trail; delete from settings_drafts; delete from lead_exclusions; delete from change_follows");
    }

    [Test]
    public async Task Nobody_but_an_administrator_may_look_or_change()
    {
        var users = await _server.Crm.GetFromJsonAsync<JsonElement[]>("sandbox/users");
        var member = users!.First(user => !user.GetProperty("isAdmin").GetBoolean() && user.GetProperty("isActive").GetBoolean()).GetProperty("id").GetInt64();
        var token = await TokenAsync(member);

        foreach (var path in new[] { "", "/versions", "/catalog", "/spend", "/exclusions", "/write-back", "/tasks", "/notices", "/trail" })
        {
            using var answer = await SendAsync(HttpMethod.Get, path, body: null, token);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), path);
        }
    }

    [Test]
    public async Task Saved_settings_are_in_force_as_a_version_of_that_user_and_ask_for_new_numbers()
    {
        var settings = (await GetAsync(""))["saved"]!["settings"]!;
        settings["horizonMonths"] = 24;

        var saved = await PutAsync("", new { settings, basedOn = 0, comment = " long cycles " });

        Assert.That((int)saved["saved"]!["version"]!, Is.EqualTo(1));
        Assert.That((string)saved["saved"]!["savedBy"]!, Is.EqualTo(_server.Sandbox.State.Owner.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.That((string)saved["saved"]!["comment"]!, Is.EqualTo("long cycles"));
        Assert.That((string)saved["fresh"]!["when"]!, Is.EqualTo("soon"));
        Assert.That((int)(await GetAsync(""))["saved"]!["settings"]!["horizonMonths"]!, Is.EqualTo(24));
        await using var connection = await _server.Database.OpenConnectionAsync();
        Assert.That(await connection.QuerySingleAsync<bool>("select is_valuing_due from change_follows"), Is.True);
    }

    [Test]
    public async Task The_second_of_two_who_save_is_told_what_the_first_changed()
    {
        var settings = (await GetAsync(""))["saved"]!["settings"]!;
        var mine = settings.DeepClone();
        settings["horizonMonths"] = 24;
        mine["discountPercent"] = 10;
        await PutAsync("", new { settings, basedOn = 0, comment = "first" });

        using var answer = await SendAsync(HttpMethod.Put, "", new { settings = mine, basedOn = 0 });

        var problem = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.That((answer.StatusCode, (string)problem["code"]!), Is.EqualTo((HttpStatusCode.Conflict, "stale")));
        Assert.That((int)problem["current"]!["version"]!, Is.EqualTo(1));
        Assert.That((string)problem["current"]!["comment"]!, Is.EqualTo("first"));
        Assert.That(problem["differs"]!.AsArray().Select(entry => ((string)entry!["key"]!, (string)entry["from"]!, (string)entry["to"]!)), Is.EqualTo(new[] { ("horizonMonths", "12", "24") }));
        Assert.That((await GetAsync("/versions"))["items"]!.AsArray(), Has.Count.EqualTo(1), "nothing was saved");
    }

    [Test]
    public async Task Of_many_who_save_at_once_exactly_one_does()
    {
        var settings = (await GetAsync(""))["saved"]!["settings"]!;
        var answers = await Task.WhenAll(Enumerable.Range(13, 6).Select(async months =>
        {
            var own = settings.DeepClone();
            own["horizonMonths"] = months;
            using var answer = await SendAsync(HttpMethod.Put, "", new { settings = own, basedOn = 0 });
            return answer.StatusCode;
        }));

        Assert.That(answers.Count(status => status == HttpStatusCode.OK), Is.EqualTo(1));
        Assert.That(answers.Count(status => status == HttpStatusCode.Conflict), Is.EqualTo(5));
    }

    [Test]
    public async Task A_wrong_setting_is_refused_by_its_key()
    {
        var settings = (await GetAsync(""))["saved"]!["settings"]!;
        settings["horizonMonths"] = 2;
        settings["cost"]!["kind"] = "field";

        using var answer = await SendAsync(HttpMethod.Put, "", new { settings, basedOn = 0 });

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
        using var answer = await SendAsync(HttpMethod.Put, "", JsonNode.Parse(body));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Going_back_saves_the_old_version_anew_and_keeps_what_came_between()
    {
        var settings = (await GetAsync(""))["saved"]!["settings"]!;
        await PutAsync("", new { settings, basedOn = 0 });
        settings["horizonMonths"] = 24;
        await PutAsync("", new { settings, basedOn = 1 });

        using var answer = await SendAsync(HttpMethod.Post, "/versions/1/restore", new { basedOn = 2, comment = "too far" });
        using var missing = await SendAsync(HttpMethod.Post, "/versions/9/restore", new { basedOn = 3 });

        Assert.That((answer.StatusCode, missing.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.NotFound)));
        var versions = (await GetAsync("/versions?limit=2"));
        Assert.That(versions["items"]!.AsArray().Select(saved => (int)saved!["version"]!), Is.EqualTo(new[] { 3, 2 }));
        Assert.That((int)versions["items"]![0]!["settings"]!["horizonMonths"]!, Is.EqualTo(12));
        var rest = await GetAsync($"/versions?limit=2&cursor={(string)versions["next"]!}");
        Assert.That(rest["items"]!.AsArray().Select(saved => (int)saved!["version"]!), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task A_draft_waits_for_its_user_until_settings_are_saved()
    {
        var settings = (await GetAsync(""))["saved"]!["settings"]!;
        using var none = await SendAsync(HttpMethod.Get, "/draft", body: null);
        settings["horizonMonths"] = 18;
        using var put = await SendAsync(HttpMethod.Put, "/draft", new { settings, basedOn = 0, step = "horizon" });
        var draft = await GetAsync("/draft");
        await PutAsync("", new { settings, basedOn = 0 });
        using var gone = await SendAsync(HttpMethod.Get, "/draft", body: null);

        Assert.That((none.StatusCode, put.StatusCode, gone.StatusCode), Is.EqualTo((HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.NoContent)));
        Assert.That(((string)draft["step"]!, (int)draft["settings"]!["horizonMonths"]!), Is.EqualTo(("horizon", 18)));
    }

    [Test]
    public async Task The_catalog_names_pipelines_with_their_stages_and_fields_by_kind()
    {
        var catalog = await GetAsync("/catalog");

        var stages = catalog["pipelines"]!.AsArray()[0]!["stages"]!.AsArray();
        Assert.That(stages.Select(stage => (long)stage!["id"]!).TakeLast(2), Is.EqualTo(new[] { 142L, 143L }));
        Assert.That(catalog["leadFields"]!.AsArray().Select(field => (string)field!["kind"]!), Is.Not.Empty.And.SubsetOf(new[] { "number", "date", "text" }));
    }

    [Test]
    public async Task A_preview_of_the_settings_in_force_changes_nothing()
    {
        var settings = (await GetAsync(""))["saved"]!["settings"]!;

        var preview = await PostAsync("/preview", new { settings });

        Assert.That(preview["new"]!.ToJsonString(), Is.EqualTo(preview["old"]!.ToJsonString()));
        Assert.That(preview["clients"]!.AsArray(), Has.Count.EqualTo(5));
        await using var connection = await _server.Database.OpenConnectionAsync();
        var stored = await connection.QuerySingleAsync<decimal>(
            "select sum(greatest(ltv, 0)) from customer_values where to_run is null and scope <> 2");
        Assert.That((decimal)preview["new"]!["sumLtv"]!, Is.EqualTo(stored));
    }

    [Test]
    public async Task A_lead_is_excluded_once_with_a_comment_and_taken_back()
    {
        await using var connection = await _server.Database.OpenConnectionAsync();
        var lead = await connection.QueryFirstAsync<long>("select lead_id from lead_verdicts where kind = 1 order by lead_id");
        using var silent = await SendAsync(HttpMethod.Post, "/exclusions", new { lead, comment = " " });
        using var unknown = await SendAsync(HttpMethod.Post, "/exclusions", new { lead = 1, comment = "a test" });
        using var added = await SendAsync(HttpMethod.Post, "/exclusions", new { lead, comment = "a test" });
        using var again = await SendAsync(HttpMethod.Post, "/exclusions", new { lead, comment = "a test" });
        var listed = await GetAsync("/exclusions?inForce=true");
        using var revoked = await SendAsync(HttpMethod.Delete, $"/exclusions/{lead}", body: null);
        using var nothing = await SendAsync(HttpMethod.Delete, $"/exclusions/{lead}", body: null);

        Assert.That(
            new[] { silent, unknown, added, again, revoked, nothing }.Select(answer => answer.StatusCode),
            Is.EqualTo(new[] { HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.OK, HttpStatusCode.NotFound }));
        Assert.That((long)listed["items"]![0]!["lead"]!, Is.EqualTo(lead));
        Assert.That((await GetAsync("/exclusions?inForce=true"))["items"]!.AsArray(), Is.Empty);
        Assert.That((await GetAsync("/exclusions"))["items"]!.AsArray(), Has.Count.EqualTo(1), "the trace stays");
    }

    [Test]
    public async Task Spend_is_imported_after_a_look_and_only_onto_what_was_looked_at()
    {
        var upload = new { text = "channel,month,amount\nads,2026-03,100\n", name = "spend.csv", replacesAll = false };
        var preview = await PostAsync("/spend/import/preview", upload);
        var seen = (string)preview["state"]!;
        var cell = await PutAsync("/spend/cell", new { channel = "seo", month = "2026-03-01", amount = 7, was = (decimal?)null });
        using var stale = await SendAsync(HttpMethod.Post, "/spend/import", new { upload.text, upload.name, upload.replacesAll, seen });
        var done = await PostAsync("/spend/import", upload);
        var table = await GetAsync("/spend");
        var undone = await PostAsync($"/spend/changes/{(long)done["change"]!}/undo", new { });
        await PostAsync($"/spend/changes/{(long)cell["change"]!}/undo", new { });

        Assert.That((int)preview["changedCells"]!, Is.EqualTo(1));
        Assert.That(stale.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(table["items"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That((int)undone["restored"]!, Is.EqualTo(1));
        Assert.That((await GetAsync("/spend"))["items"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Tasks_notices_rate_and_currency_leave_a_trace()
    {
        await PutAsync("/tasks", new { isEnabled = true, dailyCap = 5, topTiers = 1, onSlipping = true, onTier = false, dueDays = 2 });
        using var tooMany = await SendAsync(HttpMethod.Put, "/tasks", new { isEnabled = true, dailyCap = 5000, topTiers = 1, onSlipping = true, onTier = false, dueDays = 2 });
        await PutAsync("/notices", new { isInCrm = false, email = "anna@example.com", webhookUrl = (string?)null });
        using var noAddress = await SendAsync(HttpMethod.Put, "/notices", new { isInCrm = false, email = "anna", webhookUrl = (string?)null });
        using var trial = await SendAsync(HttpMethod.Post, "/notices/test", new { channel = "webhook" });
        await PutAsync("/write-back/rate", new { cardsPerMinute = 60, minutesARun = 30 });
        await PostAsync("/currency/confirm", new { });

        Assert.That((tooMany.StatusCode, noAddress.StatusCode, trial.StatusCode), Is.EqualTo((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadGateway)));
        var trail = (await GetAsync("/trail"))["items"]!.AsArray();
        Assert.That(trail.Select(entry => (string)entry!["area"]!), Is.EqualTo(new[] { "writeBack", "notices", "tasks" }), "a currency confirmed as it was changes nothing");
        Assert.That((int)trail[2]!["after"]!["dailyCap"]!, Is.EqualTo(5));
    }

    [Test]
    public async Task Write_back_is_looked_at_before_fields_are_made_and_chosen_one_by_one()
    {
        var wish = new { customers = new[] { "ltv", "tier" }, leads = Array.Empty<string>() };
        var preview = await PostAsync("/write-back/preview", wish);
        var enabled = await PostAsync("/write-back/enable", wish);
        var off = await PostAsync("/write-back/enable", new { customers = Array.Empty<string>(), leads = Array.Empty<string>() });

        Assert.That(preview.AsArray().Select(choice => (string)choice!["entity"]! + "." + (string)choice["output"]!),
            Is.EquivalentTo(new[] { "company.ltv", "company.tier", "contact.ltv", "contact.tier" }));
        Assert.That(preview.AsArray().All(choice => choice!["field"] is null), Is.True);
        Assert.That(enabled["outputs"]!.AsArray().Count(output => (bool)output!["isOn"]!), Is.EqualTo(4));
        Assert.That(((bool)enabled["isEnabled"]!, (bool)off["isEnabled"]!), Is.EqualTo((true, false)));
    }

    private async Task<JsonNode> GetAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, body: null);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), path);
        Assert.That(answer.Headers.CacheControl?.NoStore, Is.True);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private Task<JsonNode> PutAsync(string path, object body) => DoneAsync(HttpMethod.Put, path, body);

    private Task<JsonNode> PostAsync(string path, object body) => DoneAsync(HttpMethod.Post, path, body);

    private async Task<JsonNode> DoneAsync(HttpMethod method, string path, object body)
    {
        using var answer = await SendAsync(method, path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        return JsonNode.Parse(text)!;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, string? token = null)
    {
        using var request = new HttpRequestMessage(method, "api/settings" + path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("X-Auth-Token", token ?? _token);
        return await _server.Http.SendAsync(request);
    }

    private async Task<string> TokenAsync(long userId)
    {
        using var answer = await _server.Crm.PostAsJsonAsync(
            "sandbox/token", new { clientId = SandboxOptions.DefaultIntegration.ClientId, overrides = new { }, userId });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }
}
