using System.Net;
using System.Text.Json;

namespace AmoLtv.Sandbox.Tests;

/// <summary>State that outlives the process: the journal and the arguments it belongs to.</summary>
internal sealed class JournalTests : SandboxTest
{
    private string _folder = "";

    private SandboxOptions Kept => Still with { DataFolder = _folder };

    private string JournalFile => Path.Combine(_folder, "journal.jsonl");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("sandbox-journal-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Tokens_fields_values_leads_denials_and_events_come_back_after_a_restart()
    {
        long company, lead, field;
        JsonElement pair;
        int events;
        string fields;
        await using (var server = await SandboxServer.StartAsync(Kept))
        {
            using var caller = new Caller(server);
            pair = await caller.InstallAsync();
            company = server.State.Companies.All[0].Id;
            var created = await Caller.JsonAsync(await caller.PostAsync("companies/custom_fields", """[{"name":"LTV","type":"numeric","code":"AMOLTV_LTV","is_api_only":true}]"""));
            field = Element(created, "custom_fields").GetProperty("id").GetInt64();
            using var patched = await caller.PatchAsync("companies", $$"""[{"id":{{company}},"custom_fields_values":[{"field_id":{{field}},"values":[{"value":"5.25"}]}]}]""");
            lead = (await caller.ControlAsync("leads", $$"""{"name":"Новая","price":7,"status_id":142,"company_id":{{company}}}""")).GetProperty("id").GetInt64();
            await caller.ControlAsync($"users/{Caller.Manager}/deny", $$"""{"entity":"leads","id":{{lead}}}""");
            events = server.State.Events.Count;
            fields = await caller.Http.GetStringAsync("/sandbox/fields?entity=companies");
        }

        var (again, other) = await StartAsync(Kept);
        other.Http.DefaultRequestHeaders.Authorization = new("Bearer", pair.GetProperty("access_token").GetString());
        using var denied = await other.GetAsync($"leads/{lead}", Caller.Manager);
        var read = await other.ReadAsync($"leads/{lead}");
        using var renewed = await other.TokenRequestAsync("refresh_token", "refresh_token", pair.GetProperty("refresh_token").GetString()!);
        Assert.Multiple(async () =>
        {
            Assert.That(await other.Http.GetStringAsync("/sandbox/fields?entity=companies"), Is.EqualTo(fields));
            Assert.That(again.State.Field(field)!.Code, Is.EqualTo("AMOLTV_LTV"));
            Assert.That(read.GetProperty("closed_at").GetInt64(), Is.EqualTo(Now.ToUnixTimeSeconds()).Within(1));
            Assert.That(read.GetProperty("_embedded").GetProperty("companies")[0].GetProperty("id").GetInt64(), Is.EqualTo(company));
            Assert.That(again.State.Events.Count, Is.EqualTo(events));
            Assert.That(denied.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(renewed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task Torn_last_line_is_dropped_and_what_follows_is_kept()
    {
        await WriteNamesAsync("Первая");
        await File.AppendAllTextAsync(JournalFile, """{"what":"company","is":{"id":500""");
        await WriteNamesAsync("Вторая");
        var (server, _) = await StartAsync(Kept);
        Assert.That(server.State.Companies.All[0].Name, Is.EqualTo("Вторая"));
    }

    [Test]
    public async Task Whole_last_line_without_its_end_is_torn_too()
    {
        await WriteNamesAsync("Первая");
        await WriteNamesAsync("Вторая");
        var text = await File.ReadAllTextAsync(JournalFile);
        await File.WriteAllTextAsync(JournalFile, text.TrimEnd('\n'));
        await WriteNamesAsync(null);
        Assert.That((await File.ReadAllTextAsync(JournalFile)).EndsWith('\n'), Is.True);
    }

    [Test]
    public async Task Unreadable_line_in_the_middle_is_an_error_with_its_number()
    {
        await WriteNamesAsync("Первая");
        await File.AppendAllTextAsync(JournalFile, "rubbish\n{\"what\":\"fieldRemoved\",\"is\":1}\n");
        var lines = (await File.ReadAllLinesAsync(JournalFile)).ToList().IndexOf("rubbish") + 1;
        Assert.That(async () => await SandboxServer.StartAsync(Kept), Throws.InstanceOf<SandboxException>().With.Message.Contains($"line {lines}"));
    }

    [Test]
    public async Task Other_arguments_on_the_same_folder_are_an_error_that_names_them()
    {
        await WriteNamesAsync(null);
        Assert.That(async () => await SandboxServer.StartAsync(Kept with { Seed = 2 }), Throws.InstanceOf<SandboxException>().With.Message.Contains("--seed was 1, is 2"));
    }

    [Test]
    public async Task History_of_a_folder_ends_where_it_first_ended_when_the_month_has_changed()
    {
        long newest;
        await using (var server = await SandboxServer.StartAsync(Kept))
        {
            newest = server.State.Leads.All.Max(lead => lead.UpdatedAt);
        }

        var (again, _) = await StartAsync(Kept with { Now = Now.AddMonths(2) });
        Assert.That(again.State.Leads.All.Max(lead => lead.UpdatedAt), Is.EqualTo(newest));
    }

    [Test]
    public async Task Folder_in_use_is_an_error_in_words()
    {
        await StartAsync(Kept);
        Assert.That(async () => await SandboxServer.StartAsync(Kept), Throws.InstanceOf<SandboxException>().With.Message.Contains("another sandbox"));
    }

    private async Task WriteNamesAsync(string? name)
    {
        await using var server = await SandboxServer.StartAsync(Kept);
        using var caller = new Caller(server);
        await caller.InstallAsync();
        if (name is not null)
        {
            using var answer = await caller.PatchAsync("companies", $$"""[{"id":{{server.State.Companies.All[0].Id}},"name":"{{name}}"}]""");
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
    }
}
