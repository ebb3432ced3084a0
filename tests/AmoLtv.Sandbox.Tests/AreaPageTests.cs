using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;

namespace AmoLtv.Sandbox.Tests;

/// <summary>The widget's places besides cards, without a browser, and what a signed-in browser may ask the API.</summary>
internal sealed class AreaPageTests : SandboxTest
{
    private const string Menu = ""","left_menu":{"ltv_main":{"title":"menu.title","icon":"images/menu.svg"},"stats":{"submenu":{"report":{"title":"menu.report"}}}}""";
    private string _folder = "";

    private SandboxOptions WithWidget => Still with { WidgetArchive = Path.Combine(_folder, "widget.zip"), ModulesFolder = Path.Combine(_folder, "node_modules") };

    [SetUp]
    public void MakeFiles()
    {
        _folder = Directory.CreateTempSubdirectory("sandbox-area-").FullName;
        foreach (var file in new[] { "requirejs/require.js", "jquery/dist/jquery.js", "underscore/underscore.js" })
        {
            var path = Path.Combine(_folder, "node_modules", file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "// " + file);
        }

        Pack(isPublic: true);
    }

    [TearDown]
    public void RemoveFiles() => Directory.Delete(_folder, recursive: true);

    [TestCase("/settings/widgets", "modal", "settings", "widgetsSettings")]
    [TestCase("/settings/advanced", "advanced", "advanced-settings", "advanced-settings:")]
    [TestCase("/menu/ltv_main", "menu", "widget_page", "widget-page:")]
    [TestCase("/stats/report", "menu", "widget_page", "stats")]
    public async Task Place_tells_the_widget_where_it_is(string path, string kind, string area, string page)
    {
        var (_, caller) = await StartAsync(WithWidget);
        var place = await PlaceAsync(caller, path, HttpStatusCode.OK);

        Assert.That(place.GetProperty("kind").GetString(), Is.EqualTo(kind));
        Assert.That(place.GetProperty("area").GetString(), Is.EqualTo(area));
        Assert.That(place.GetProperty("page").GetString(), Does.StartWith(page));
    }

    [Test]
    public async Task Menu_page_is_told_which_item_was_opened()
    {
        var (_, caller) = await StartAsync(WithWidget);
        var own = (await PlaceAsync(caller, "/menu/ltv_main", HttpStatusCode.OK)).GetProperty("params");
        var stats = (await PlaceAsync(caller, "/stats/report", HttpStatusCode.OK)).GetProperty("params");

        Assert.That(own.ToString(), Is.EqualTo("""{"location":"widget_page","item_code":"ltv_main"}"""));
        Assert.That(stats.ToString(), Is.EqualTo("""{"location":"stats","subitem_code":"report"}"""));
    }

    [TestCase("/menu/none")]
    [TestCase("/menu/ltv_main/none")]
    [TestCase("/stats/none")]
    public async Task Item_that_the_manifest_does_not_name_is_missing(string path)
    {
        var (_, caller) = await StartAsync(WithWidget);

        Assert.That((await PlaceAsync(caller, path, HttpStatusCode.NotFound)).GetProperty("kind").GetString(), Is.EqualTo("missing"));
    }

    [Test]
    public async Task Private_integration_has_no_page_in_the_menu()
    {
        Pack(isPublic: false);
        var (_, caller) = await StartAsync(WithWidget);

        Assert.That((await PlaceAsync(caller, "/menu/ltv_main", HttpStatusCode.NotFound)).GetProperty("kind").GetString(), Is.EqualTo("missing"));
    }

    [TestCase("/settings/widgets")]
    [TestCase("/settings/advanced")]
    public async Task Settings_are_open_to_administrators_alone(string path)
    {
        var (_, caller) = await StartAsync(WithWidget);

        Assert.That((await PlaceAsync(caller, $"{path}?user={Caller.Manager}", HttpStatusCode.Forbidden)).GetProperty("kind").GetString(), Is.EqualTo("forbidden"));
    }

    [Test]
    public async Task Window_of_the_integration_lists_the_fields_of_the_manifest()
    {
        var (_, caller) = await StartAsync(WithWidget);
        var fields = (await PlaceAsync(caller, "/settings/widgets", HttpStatusCode.OK)).GetProperty("fields");

        Assert.That(fields.ToString(), Is.EqualTo("""[{"key":"consent","name":"settings.consent","type":"custom","isRequired":true}]"""));
    }

    [Test]
    public async Task Signed_in_browser_reads_what_its_user_may_read_and_writes_nothing()
    {
        var (server, caller) = await StartAsync(WithWidget with { Filters = true });
        var ids = server.State.Contacts.All.Take(2).Select(contact => contact.Id).ToList();
        var path = $"/api/v4/contacts?filter[id][]={ids[0]}&filter[id][]={ids[1]}";
        using var contacts = await BrowseAsync(caller, HttpMethod.Get, path, Caller.Admin);
        using var users = await BrowseAsync(caller, HttpMethod.Get, "/api/v4/users", Caller.Manager);
        using var write = await BrowseAsync(caller, HttpMethod.Patch, "/api/v4/contacts", Caller.Admin);
        using var stranger = await caller.Http.GetAsync(path);

        Assert.That(contacts.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        using var body = JsonDocument.Parse(await contacts.Content.ReadAsStringAsync());
        Assert.That(body.RootElement.GetProperty("_embedded").GetProperty("contacts").EnumerateArray().Select(row => row.GetProperty("id").GetInt64()), Is.EquivalentTo(ids));
        Assert.That(users.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(write.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(stranger.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    private static async Task<HttpResponseMessage> BrowseAsync(Caller caller, HttpMethod method, string path, long user)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("X-Requested-With", "XMLHttpRequest");
        request.Headers.Add("Cookie", $"sandbox_user={user}");
        return await caller.Http.SendAsync(request);
    }

    private static async Task<JsonElement> PlaceAsync(Caller caller, string path, HttpStatusCode status)
    {
        using var answer = await caller.Http.GetAsync(path);
        Assert.That(answer.StatusCode, Is.EqualTo(status));
        var html = await answer.Content.ReadAsStringAsync();
        const string begin = "id=\"platform\">";
        var from = html.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        using var platform = JsonDocument.Parse(html[from..html.IndexOf("</script>", from, StringComparison.Ordinal)]);
        return platform.RootElement.GetProperty("place").Clone();
    }

    private void Pack(bool isPublic)
    {
        const string manifest = """{"widget":{"version":"1.2.3","locale":["ru"]},"locations":["settings","advanced_settings","widget_page"],"settings":{"consent":{"name":"settings.consent","type":"custom","required":true}}""";
        var path = Path.Combine(_folder, "widget.zip");
        File.Delete(path);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        // Without a byte order mark: the archive's rules forbid it.
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        foreach (var (name, text) in new[] { ("manifest.json", manifest + (isPublic ? Menu : "") + "}"), ("script.js", "define([], function () {});"), ("i18n/ru.json", "{}") })
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open(), encoding);
            writer.Write(text);
        }
    }
}
