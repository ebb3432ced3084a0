using System.IO.Compression;
using System.Net;
using System.Text;

namespace AmoLtv.Sandbox.Tests;

/// <summary>The card page without a browser: what it serves, and that names cannot break out of it. The browser tests drive it for real.</summary>
internal sealed class CardPageTests : SandboxTest
{
    private string _folder = "";

    private SandboxOptions WithWidget => Still with { WidgetArchive = Path.Combine(_folder, "widget.zip"), ModulesFolder = Path.Combine(_folder, "node_modules"), Backend = "http://127.0.0.1:5" };

    [SetUp]
    public void MakeFiles()
    {
        _folder = Directory.CreateTempSubdirectory("sandbox-card-").FullName;
        foreach (var file in new[] { "requirejs/require.js", "jquery/dist/jquery.js", "underscore/underscore.js" })
        {
            var path = Path.Combine(_folder, "node_modules", file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "// " + file);
        }

        Pack(("manifest.json", """{"widget":{"version":"1.2.3","locale":["ru"]},"locations":["comcard-1"]}"""), ("script.js", "define([], function () {});"), ("i18n/ru.json", """{"widget":{"name":"LTV"}}"""));
    }

    [TearDown]
    public void RemoveFiles() => Directory.Delete(_folder, recursive: true);

    [TestCase("companies")]
    [TestCase("contacts")]
    [TestCase("leads")]
    public async Task Page_takes_theme_width_language_and_user_from_its_address(string entity)
    {
        var (server, caller) = await StartAsync(WithWidget);
        var id = entity == "companies" ? server.State.Companies.All[0].Id : entity == "contacts" ? server.State.Contacts.All[0].Id : server.State.Leads.All[0].Id;
        var html = await caller.Http.GetStringAsync($"/{entity}/detail/{id}?theme=dark&width=240&lang=en&user={Caller.Manager}");
        Assert.That(html, Does.Contain("<html lang=\"en\" data-color-scheme=\"dark\">").And.Contain("--card-widgets-width: 240px").And.Contain("\"user\":{\"id\":77002").And.Contain("\"backend\":\"http://127.0.0.1:5\""));
    }

    [Test]
    public async Task Name_with_tags_stays_text()
    {
        var (server, caller) = await StartAsync(WithWidget);
        server.State.Save(new State.Company { Id = server.State.Companies.NextId, Name = "</script><script>alert(1)</script>" });
        var html = await caller.Http.GetStringAsync($"/companies/detail/{server.State.Companies.All[^1].Id}");
        Assert.That(html, Does.Not.Contain("<script>alert"));
    }

    [Test]
    public async Task Archive_is_served_under_its_code()
    {
        var (server, caller) = await StartAsync(WithWidget);
        var html = await caller.Http.GetStringAsync($"/companies/detail/{server.State.Companies.All[0].Id}");
        var path = html[html.IndexOf("/widgets/", StringComparison.Ordinal)..].Split('"')[0];
        using var script = await caller.Http.GetAsync(path + "/script.js?v=1.2.3");
        using var missing = await caller.Http.GetAsync(path + "/none.js");
        Assert.Multiple(() =>
        {
            Assert.That(script.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/javascript"));
            Assert.That(missing.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        });
    }

    [Test]
    public async Task Card_of_a_company_offers_its_open_deals_until_they_are_won()
    {
        var (server, caller) = await StartAsync(WithWidget);
        var lead = server.State.Leads.All.Last(row => row is { StatusId: not (142 or 143), CompanyId: not null });
        async Task<List<System.Text.Json.JsonElement>> DealsAsync(string card) => [.. System.Text.Json.JsonDocument.Parse(await caller.Http.GetStringAsync("/platform/cards/" + card)).RootElement.GetProperty("deals").EnumerateArray()];

        var before = await DealsAsync($"companies/{lead.CompanyId}");
        await caller.ControlAsync($"leads/{lead.Id}", """{"status_id":142}""");
        var after = await DealsAsync($"companies/{lead.CompanyId}");
        var own = await DealsAsync($"leads/{lead.Id}");

        Assert.Multiple(() =>
        {
            Assert.That(before.Select(deal => deal.GetProperty("id").GetInt64()), Has.Some.EqualTo(lead.Id));
            Assert.That(after.Select(deal => deal.GetProperty("id").GetInt64()), Has.None.EqualTo(lead.Id));
            Assert.That(own.Single().GetProperty("isOpen").GetBoolean(), Is.False);
        });
    }

    [Test]
    public async Task Widget_is_told_of_by_the_api_and_its_disabling_kills_the_tokens()
    {
        var (_, caller) = await StartInstalledAsync(WithWidget);
        var widget = Element(await caller.ReadAsync("widgets"), "widgets");
        var code = widget.GetProperty("code").GetString();
        using var unknown = await caller.GetAsync("widgets/none");
        using var byManager = await caller.GetAsync($"widgets/{code}", Caller.Manager);
        using var removed = await caller.SendAsync(HttpMethod.Delete, $"/api/v4/widgets/{code}", "");
        using var dead = await caller.GetAsync("account");
        Assert.Multiple(() =>
        {
            Assert.That(widget.GetProperty("is_active_in_account").GetBoolean(), Is.True);
            Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(byManager.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(removed.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(dead.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        });
    }

    [Test]
    public async Task Token_for_the_page_needs_a_script_request()
    {
        var (_, caller) = await StartAsync(WithWidget);
        var path = $"/ajax/v2/integrations/{Caller.Integration.ClientId}/disposable_token";
        using var plain = await caller.Http.GetAsync(path);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Requested-With", "XMLHttpRequest");
        using var scripted = await caller.Http.SendAsync(request);
        Assert.Multiple(() =>
        {
            Assert.That(plain.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(scripted.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task Page_without_libraries_says_which_are_missing()
    {
        var (server, caller) = await StartAsync();
        using var answer = await caller.Http.GetAsync($"/companies/detail/{server.State.Companies.All[0].Id}");
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("--modules").And.Contain("requirejs/require.js"));
    }

    [Test]
    public void Archive_with_a_folder_at_its_root_is_refused()
    {
        Pack(("widget/manifest.json", "{}"), ("widget/script.js", ""));
        Assert.That(async () => await SandboxServer.StartAsync(WithWidget), Throws.InstanceOf<SandboxException>().With.Message.Contains("at its root"));
    }

    [Test]
    public void Archive_that_is_missing_or_no_zip_is_refused()
    {
        File.WriteAllText(WithWidget.WidgetArchive!, "no zip");
        Assert.Multiple(() =>
        {
            Assert.That(async () => await SandboxServer.StartAsync(WithWidget), Throws.InstanceOf<SandboxException>());
            Assert.That(async () => await SandboxServer.StartAsync(WithWidget with { WidgetArchive = _folder + "/none.zip" }), Throws.InstanceOf<SandboxException>());
        });
    }

    private void Pack(params (string Name, string Text)[] files)
    {
        using var stream = File.Create(Path.Combine(_folder, "widget.zip"));
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
        foreach (var (name, text) in files)
        {
            using var entry = zip.CreateEntry(name).Open();
            entry.Write(Encoding.UTF8.GetBytes(text));
        }
    }
}
