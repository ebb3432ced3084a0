using System.Text.Json;

namespace AmoLtv.Sandbox.Tests;

/// <summary>Random edits by users, and the read-back of the whole account.</summary>
internal sealed class EditTests : SandboxTest
{
    [Test]
    public async Task Same_seed_makes_the_same_edits_whatever_an_integration_writes_meanwhile()
    {
        var (server, quiet) = await StartInstalledAsync();
        var (_, busy) = await StartInstalledAsync();
        var first = await quiet.ControlAsync("edits", """{"seed":11,"count":150}""");
        for (var company = 0; company < 5; company++)
        {
            using var patched = await busy.PatchAsync($"companies/{server.State.Companies.All[company].Id}", """{"custom_fields_values":[{"field_id":700011,"values":[{"value":"3"}]}]}""");
        }

        var second = await busy.ControlAsync("edits", """{"seed":11,"count":150}""");
        Assert.That(second.GetProperty("edits").GetRawText(), Is.EqualTo(first.GetProperty("edits").GetRawText()));
    }

    [TestCase("win", "lead_status_changed")]
    [TestCase("reopen", "lead_status_changed")]
    [TestCase("price", "sale_field_changed")]
    [TestCase("delete", "lead_deleted")]
    [TestCase("move", "entity_linked")]
    [TestCase("create", "lead_added")]
    [TestCase("merge_companies", "entity_merged")]
    [TestCase("delete_company", "company_deleted")]
    public async Task Edit_is_told_by_its_event(string kind, string type)
    {
        var (_, caller) = await StartInstalledAsync();
        var made = (await caller.ControlAsync("edits", $$"""{"seed":3,"count":1,"kinds":["{{kind}}"]}""")).GetProperty("edits")[0];
        var told = await caller.AllAsync($"events?filter[type]={type}&filter[created_at][from]={Now.ToUnixTimeSeconds()}", "events");
        Assert.That(told.Select(happened => happened.GetProperty("entity_id").GetInt64()), Has.Some.EqualTo(made.GetProperty("id").GetInt64()));
    }

    [Test]
    public async Task Restoration_takes_a_row_out_of_the_trash_and_is_skipped_where_there_is_none()
    {
        var (_, caller) = await StartInstalledAsync();
        var none = await caller.ControlAsync("edits", """{"seed":1,"count":2,"kinds":["restore"]}""");
        await caller.ControlAsync("edits", """{"seed":1,"count":3,"kinds":["delete"]}""");
        var some = await caller.ControlAsync("edits", """{"seed":1,"count":4,"kinds":["restore"]}""");
        Assert.Multiple(() =>
        {
            Assert.That(none.GetProperty("skipped").GetInt32(), Is.EqualTo(2));
            Assert.That(some.GetProperty("edits").GetArrayLength(), Is.EqualTo(3));
        });
    }

    [Test]
    public async Task State_tells_every_row_with_its_links_values_and_fate()
    {
        var (server, caller) = await StartInstalledAsync();
        await caller.ControlAsync("edits", """{"seed":5,"count":200}""");
        var state = await Caller.JsonAsync(await caller.Http.GetAsync("/sandbox/state"));
        var leads = state.GetProperty("leads").EnumerateArray().ToDictionary(lead => lead.GetProperty("id").GetInt64());
        var served = await caller.AllAsync("leads?limit=250", "leads");
        Assert.Multiple(() =>
        {
            Assert.That(leads, Has.Count.EqualTo(server.State.Leads.Count));
            Assert.That(state.GetProperty("companies").GetArrayLength(), Is.EqualTo(server.State.Companies.Count));
            Assert.That(leads.Where(lead => !lead.Value.TryGetProperty("is_deleted", out _)).Select(lead => lead.Key), Is.EquivalentTo(served.Select(lead => lead.GetProperty("id").GetInt64())));
            foreach (var lead in served)
            {
                var told = leads[lead.GetProperty("id").GetInt64()];
                Assert.That(told.GetProperty("price").GetDecimal(), Is.EqualTo(lead.GetProperty("price").GetDecimal()));
                Assert.That(told.GetProperty("status_id").GetInt64(), Is.EqualTo(lead.GetProperty("status_id").GetInt64()));
                var companies = lead.GetProperty("_embedded").GetProperty("companies");
                Assert.That(told.GetProperty("company_id").ValueKind == JsonValueKind.Null ? 0 : told.GetProperty("company_id").GetInt64(), Is.EqualTo(companies.GetArrayLength() == 0 ? 0 : companies[0].GetProperty("id").GetInt64()));
            }
        });
    }

    [Test]
    public async Task Unknown_kind_of_edit_is_refused_with_the_kinds_there_are()
    {
        var (_, caller) = await StartAsync();
        using var answer = await caller.SendAsync(HttpMethod.Post, "/sandbox/edits", """{"kinds":["explode"]}""");
        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("merge_companies"));
    }
}
