namespace AmoLtv.Sandbox.Tests;

/// <summary>The events list, from the reference's section 4.10.</summary>
internal sealed class EventTests : SandboxTest
{
    [Test]
    public async Task Change_of_stage_tells_both_stages()
    {
        var (server, caller) = await StartInstalledAsync();
        var lead = server.State.Leads.All.First(row => row.StatusId == 142);
        await caller.ControlAsync($"leads/{lead.Id}", $$"""{"pipeline_id":1300,"status_id":3006}""");
        var latest = Element(await caller.ReadAsync($"events?filter[type]=lead_status_changed&filter[entity]=lead&filter[entity_id][]={lead.Id}"), "events");
        Assert.Multiple(() =>
        {
            Assert.That(latest.GetProperty("id").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.String));
            Assert.That(latest.GetProperty("value_before")[0].GetProperty("lead_status").GetProperty("id").GetInt64(), Is.EqualTo(142));
            Assert.That(latest.GetProperty("value_after")[0].GetProperty("lead_status").GetProperty("id").GetInt64(), Is.EqualTo(3006));
            Assert.That(latest.GetProperty("created_at").GetInt64(), Is.EqualTo(Now.ToUnixTimeSeconds()).Within(1));
        });
    }

    [Test]
    public async Task Deletion_and_restoration_carry_empty_values()
    {
        var (server, caller) = await StartInstalledAsync();
        var id = server.State.Leads.All[0].Id;
        using (await caller.Http.DeleteAsync($"/sandbox/leads/{id}"))
        {
            await caller.ControlAsync($"leads/{id}", """{"is_deleted":false}""");
        }

        string[] expected = ["lead_deleted", "lead_restored"];
        var events = await caller.AllAsync("events?filter[type]=lead_deleted,lead_restored", "events");
        Assert.Multiple(() =>
        {
            Assert.That(events.Select(happened => happened.GetProperty("type").GetString()), Is.EquivalentTo(expected));
            Assert.That(events.TrueForAll(happened => happened.GetProperty("value_after").GetArrayLength() == 0), Is.True);
        });
    }

    [Test]
    public async Task Generated_history_tells_how_every_closed_lead_was_closed()
    {
        var (server, caller) = await StartInstalledAsync();
        var changes = await caller.AllAsync("events?limit=100&filter[type]=lead_status_changed", "events");
        var won = changes.Where(change => change.GetProperty("value_after")[0].GetProperty("lead_status").GetProperty("id").GetInt64() == 142).Select(change => change.GetProperty("entity_id").GetInt64()).ToHashSet();
        Assert.That(server.State.Leads.All.Where(lead => lead.StatusId == 142).Select(lead => lead.Id), Is.SubsetOf(won));
    }

    [Test]
    public async Task Changes_into_named_stages_are_listed_alone()
    {
        var (_, caller) = await StartInstalledAsync();
        var stages = string.Join('&', new[] { (1300, 143), (1300, 3006) }.Select((stage, index) =>
            $"filter[value_after][leads_statuses][{index}][pipeline_id]={stage.Item1}&filter[value_after][leads_statuses][{index}][status_id]={stage.Item2}"));

        var listed = await caller.AllAsync("events?limit=100&filter[type]=lead_status_changed&" + stages, "events");

        var all = await caller.AllAsync("events?limit=100&filter[type]=lead_status_changed", "events");
        static (long, long) Entered(System.Text.Json.JsonElement change)
        {
            var status = change.GetProperty("value_after")[0].GetProperty("lead_status");
            return (status.GetProperty("pipeline_id").GetInt64(), status.GetProperty("id").GetInt64());
        }

        Assert.That(listed, Is.Not.Empty);
        Assert.That(listed, Has.Count.EqualTo(all.Count(change => Entered(change) is (1300, 143) or (1300, 3006))));
        Assert.That(listed.Select(Entered), Is.All.EqualTo((1300L, 143L)).Or.EqualTo((1300L, 3006L)));
    }

    [TestCase(Brand.Amocrm, 101, 422)]
    [TestCase(Brand.Amocrm, 100, 200)]
    [TestCase(Brand.Kommo, 250, 200)]
    public async Task Page_holds_a_hundred_on_amocrm_and_250_on_kommo(Brand brand, int limit, int status)
    {
        var (_, caller) = await StartInstalledAsync(Still with { Brand = brand });
        using var answer = await caller.GetAsync($"events?limit={limit}");
        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
    }
}
