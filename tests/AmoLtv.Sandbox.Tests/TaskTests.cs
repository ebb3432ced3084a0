using System.Net;
using System.Text.Json;

namespace AmoLtv.Sandbox.Tests;

/// <summary>Tasks and notes, which integrations leave for users.</summary>
internal sealed class TaskTests : SandboxTest
{
    [Test]
    public async Task Task_is_created_for_its_user_and_completed_by_him_with_a_result()
    {
        var (server, caller) = await StartInstalledAsync();
        var company = server.State.Companies.All[0].Id;
        var id = await CreateAsync(caller, company);
        var open = await caller.ReadAsync($"tasks/{id}");
        await caller.ControlAsync($"tasks/{id}/complete", """{"result":"Договорились"}""");
        var done = Element(await caller.ReadAsync($"tasks?filter[id][]={id}&filter[is_completed]=1"), "tasks");
        Assert.Multiple(() =>
        {
            Assert.That(open.GetProperty("is_completed").GetBoolean(), Is.False);
            Assert.That(open.GetProperty("entity_id").GetInt64(), Is.EqualTo(company));
            Assert.That(open.GetProperty("entity_type").GetString(), Is.EqualTo("companies"));
            Assert.That(open.GetProperty("responsible_user_id").GetInt64(), Is.EqualTo(Caller.Manager));
            Assert.That(open.GetProperty("result").ValueKind, Is.EqualTo(JsonValueKind.Array), "An empty result is PHP's empty array.");
            Assert.That(done.GetProperty("result").GetProperty("text").GetString(), Is.EqualTo("Договорились"));
        });
    }

    [TestCase("""[{"complete_till":1800000000}]""", "text")]
    [TestCase("""[{"text":"A"}]""", "complete_till")]
    [TestCase("""[{"text":"A","complete_till":1,"entity_id":1,"entity_type":"companies"}]""", "entity_id")]
    [TestCase("""[{"text":"A","complete_till":1,"responsible_user_id":5}]""", "responsible_user_id")]
    public async Task Faulty_task_is_refused_with_the_path_of_its_fault(string json, string path)
    {
        var (_, caller) = await StartInstalledAsync();
        using var answer = await caller.PostAsync("tasks", json);
        var body = await Caller.JsonAsync(answer);
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(body.GetProperty("validation-errors")[0].GetProperty("errors")[0].GetProperty("path").GetString(), Is.EqualTo(path));
        });
    }

    [Test]
    public async Task Task_is_closed_by_the_api_too()
    {
        var (server, caller) = await StartInstalledAsync();
        var id = await CreateAsync(caller, server.State.Companies.All[0].Id);
        using var patched = await caller.PatchAsync("tasks", $$"""[{"id":{{id}},"is_completed":true,"result":{"text":"ok"} }]""");
        Assert.That(patched.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        using var open = await caller.GetAsync("tasks?filter[is_completed]=0");
        Assert.That(open.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task Hook_of_a_task_has_a_singular_root_and_local_dates()
    {
        await using var receiver = HookReceiver.Start();
        var (server, caller) = await StartInstalledAsync();
        using var subscribed = await caller.PostAsync("webhooks", JsonSerializer.Serialize(new { destination = receiver.Address, settings = new[] { "update_task" } }));
        var id = await CreateAsync(caller, server.State.Companies.All[0].Id);
        await caller.ControlAsync($"tasks/{id}/complete");
        var form = await receiver.NextAsync();
        Assert.Multiple(() =>
        {
            Assert.That(form["task[update][0][id]"], Is.EqualTo($"{id}"));
            Assert.That(form["task[update][0][status]"], Is.EqualTo("1"));
            Assert.That(form["task[update][0][last_modified]"], Is.EqualTo("2026-11-21 12:00:00"));
        });
    }

    [Test]
    public async Task Note_is_left_on_a_card_and_read_back()
    {
        await using var receiver = HookReceiver.Start();
        var (server, caller) = await StartInstalledAsync();
        using var subscribed = await caller.PostAsync("webhooks", JsonSerializer.Serialize(new { destination = receiver.Address, settings = new[] { "note_company" } }));
        var company = server.State.Companies.All[0].Id;
        using var made = await caller.PostAsync($"companies/{company}/notes", """[{"note_type":"common","params":{"text":"Важно"}}]""");
        using var faulty = await caller.PostAsync($"companies/{company}/notes", """[{"note_type":"common","params":{}}]""");
        var note = Element(await caller.ReadAsync($"companies/{company}/notes"), "notes");
        var form = await receiver.NextAsync();
        Assert.Multiple(() =>
        {
            Assert.That(made.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(faulty.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(note.GetProperty("params").GetProperty("text").GetString(), Is.EqualTo("Важно"));
            Assert.That(form["contacts[note][0][note][text]"], Is.EqualTo("Важно"));
            Assert.That(form["contacts[note][0][type]"], Is.EqualTo("company"));
        });
    }

    private static async Task<long> CreateAsync(Caller caller, long company)
    {
        using var answer = await caller.PostAsync("tasks", $$"""[{"text":"Позвонить","complete_till":1800000000,"entity_id":{{company}},"entity_type":"companies","responsible_user_id":{{Caller.Manager}},"request_id":"t1"}]""");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
        var made = Element(await Caller.JsonAsync(answer), "tasks");
        Assert.That(made.GetProperty("request_id").GetString(), Is.EqualTo("t1"));
        return made.GetProperty("id").GetInt64();
    }
}
