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

    [Test]
    public async Task Lead_that_moves_between_companies_tells_which_it_left_and_which_it_joined()
    {
        var (server, caller) = await StartInstalledAsync();
        var lead = server.State.Leads.All.First(row => row.CompanyId is not null);
        var other = server.State.Companies.All.First(company => company.Id != lead.CompanyId).Id;
        await caller.ControlAsync($"leads/{lead.Id}", $$"""{"company_id":{{other}}}""");
        var events = await caller.AllAsync($"events?filter[type]=entity_linked,entity_unlinked&filter[entity]=lead&filter[entity_id]={lead.Id}&filter[created_at][from]={Now.ToUnixTimeSeconds()}", "events");
        static long Link(System.Text.Json.JsonElement value) => value[0].GetProperty("link").GetProperty("entity").GetProperty("id").GetInt64();
        Assert.Multiple(() =>
        {
            Assert.That(events.Select(happened => happened.GetProperty("type").GetString()), Is.EquivalentTo(new[] { "entity_linked", "entity_unlinked" }));
            Assert.That(Link(events.Single(happened => happened.GetProperty("type").GetString() == "entity_linked").GetProperty("value_after")), Is.EqualTo(other));
            Assert.That(Link(events.Single(happened => happened.GetProperty("type").GetString() == "entity_unlinked").GetProperty("value_before")), Is.EqualTo(lead.CompanyId));
        });
    }

    [Test]
    public async Task Change_of_one_field_is_found_by_its_own_type_and_by_the_general_one()
    {
        var (server, caller) = await StartInstalledAsync();
        var id = server.State.Companies.All[0].Id;
        using (await caller.PatchAsync($"companies/{id}", """{"custom_fields_values":[{"field_id":700011,"values":[{"value":"17.5"}]}]}"""))
        {
            var own = Element(await caller.ReadAsync("events?filter[type]=custom_field_700011_value_changed"), "events");
            var general = Element(await caller.ReadAsync("events?filter[type]=custom_field_value_changed"), "events");
            using var combined = await caller.GetAsync("events?filter[type]=custom_field_700011_value_changed,lead_added");
            using var another = await caller.GetAsync("events?filter[type]=custom_field_700001_value_changed");
            Assert.Multiple(() =>
            {
                Assert.That(own.GetProperty("entity_id").GetInt64(), Is.EqualTo(id));
                Assert.That(own.GetProperty("type").GetString(), Is.EqualTo("custom_field_700011_value_changed"));
                Assert.That(general.GetProperty("value_after")[0].GetProperty("custom_field_value").GetProperty("text").GetString(), Is.EqualTo("17.5"));
                Assert.That((int)combined.StatusCode, Is.EqualTo(400));
                Assert.That((int)another.StatusCode, Is.EqualTo(204));
            });
        }
    }

    [TestCase("filter[entity_id]=1", 400)]
    [TestCase("filter[entity]=lead,contact&filter[entity_id]=1", 400)]
    [TestCase("filter[entity]=lead&filter[entity_id]=1,2,3,4,5,6,7,8,9,10,11", 400)]
    [TestCase("filter[entity]=lead&filter[entity_id]=1,2,3,4,5,6,7,8,9,10", 204)]
    [TestCase("filter[created_by]=1,2,3,4,5,6,7,8,9,10,11", 400)]
    public async Task Ids_are_few_and_belong_to_one_entity(string query, int status)
    {
        var (_, caller) = await StartInstalledAsync();
        using var answer = await caller.GetAsync("events?" + query);
        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task Numbers_of_events_stay_when_the_clock_is_set_back()
    {
        var (server, caller) = await StartInstalledAsync();
        var id = server.State.Leads.All[0].Id;
        await caller.ControlAsync($"leads/{id}", """{"price":1}""");
        var first = Element(await caller.ReadAsync("events?limit=1"), "events");
        server.State.Clock.Advance(TimeSpan.FromMinutes(-5));
        await caller.ControlAsync($"leads/{id}", """{"price":2}""");
        var again = await caller.ReadAsync($"events/{first.GetProperty("id").GetString()}");
        Assert.That(again.GetProperty("created_at").GetInt64(), Is.EqualTo(first.GetProperty("created_at").GetInt64()));
    }

    [Test]
    public async Task Window_of_time_holds_its_bounds()
    {
        var (server, caller) = await StartInstalledAsync();
        var moments = server.State.Events.InOrder().Select(happened => happened.CreatedAt).ToList();
        var (from, to) = (moments[50], moments[120]);
        var listed = await caller.AllAsync($"events?limit=100&filter[created_at][from]={from}&filter[created_at][to]={to}", "events");
        Assert.That(listed, Has.Count.EqualTo(moments.Count(moment => moment >= from && moment <= to)));
    }
}
