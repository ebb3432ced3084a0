using System.Net;
using System.Text.Json;

namespace AmoLtv.Sandbox.Tests;

/// <summary>Subscriptions and deliveries, from the reference's section 5.</summary>
internal sealed class WebhookTests : SandboxTest
{
    private HookReceiver _receiver = null!;

    [SetUp]
    public void Listen() => _receiver = HookReceiver.Start();

    [TearDown]
    public async Task StopListeningAsync() => await _receiver.DisposeAsync();

    [Test]
    public async Task Subscription_is_created_listed_updated_and_deleted()
    {
        var (_, caller) = await StartInstalledAsync();
        using var none = await caller.GetAsync("webhooks");
        var made = await SubscribeAsync(caller, "update_lead");
        var again = await SubscribeAsync(caller, "delete_lead");
        var listed = (await caller.ReadAsync("webhooks")).GetProperty("_embedded").GetProperty("webhooks");
        using var removed = await caller.SendAsync(HttpMethod.Delete, "/api/v4/webhooks", $$"""{"destination":"{{_receiver.Address}}"}""");
        using var unknown = await caller.SendAsync(HttpMethod.Delete, "/api/v4/webhooks", $$"""{"destination":"{{_receiver.Address}}"}""");
        Assert.Multiple(() =>
        {
            Assert.That(none.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(again.GetProperty("id").GetInt64(), Is.EqualTo(made.GetProperty("id").GetInt64()));
            Assert.That(listed.GetArrayLength(), Is.EqualTo(1));
            Assert.That(listed[0].GetProperty("settings")[0].GetString(), Is.EqualTo("delete_lead"));
            Assert.That(listed[0].GetProperty("disabled").GetBoolean(), Is.False);
            Assert.That(removed.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        });
    }

    [Test]
    public async Task Subscription_needs_an_admin_a_known_word_and_the_plan()
    {
        var (_, caller) = await StartInstalledAsync();
        using var byManager = await caller.GetAsync("webhooks", Caller.Manager);
        using var unknown = await caller.PostAsync("webhooks", $$"""{"destination":"{{_receiver.Address}}","settings":["explode_lead"]}""");
        var (_, poor) = await StartInstalledAsync(Still with { Webhooks = false });
        using var unpaid = await poor.PostAsync("webhooks", $$"""{"destination":"{{_receiver.Address}}","settings":["add_lead"]}""");
        Assert.Multiple(() =>
        {
            Assert.That(byManager.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(unpaid.StatusCode, Is.EqualTo(HttpStatusCode.PaymentRequired));
        });
    }

    [Test]
    public async Task Won_lead_comes_as_a_form_with_nested_keys_and_the_old_names()
    {
        var (server, caller) = await StartInstalledAsync();
        await SubscribeAsync(caller, "status_lead");
        var lead = server.State.Leads.All.First(row => row is { StatusId: not 142, PipelineId: 1300 });
        await caller.ControlAsync($"leads/{lead.Id}", """{"status_id":142,"price":46333}""");
        var form = await _receiver.NextAsync();
        Assert.Multiple(() =>
        {
            Assert.That(form["content-type"], Is.EqualTo("application/x-www-form-urlencoded"));
            Assert.That(form["leads[status][0][id]"], Is.EqualTo($"{lead.Id}"));
            Assert.That(form["leads[status][0][status_id]"], Is.EqualTo("142"));
            Assert.That(form["leads[status][0][old_status_id]"], Is.EqualTo($"{lead.StatusId}"));
            Assert.That(form["leads[status][0][price]"], Is.EqualTo("46333"));
            Assert.That(form["leads[status][0][last_modified]"], Is.EqualTo($"{Now.ToUnixTimeSeconds()}"));
            Assert.That(form["account[id]"], Is.EqualTo($"{server.AccountId}"));
            Assert.That(form["account[_links][self]"], Is.EqualTo(server.Address.GetLeftPart(UriPartial.Authority)));
            Assert.That(form.AllKeys, Has.None.Contains("compan").And.None.Contains("linked"), "A lead's hook names no company and no contact.");
        });
    }

    [Test]
    public async Task One_action_fires_several_hooks_when_subscribed_to_both()
    {
        var (server, caller) = await StartInstalledAsync();
        await SubscribeAsync(caller, "status_lead", "update_lead");
        var lead = server.State.Leads.All.First(row => row is { StatusId: not 142, PipelineId: 1300 });
        await caller.ControlAsync($"leads/{lead.Id}", """{"status_id":142}""");
        NameValues[] forms = [new(await _receiver.NextAsync()), new(await _receiver.NextAsync())];
        Assert.That(forms.Select(form => form.Root), Is.EquivalentTo(new[] { "leads[status]", "leads[update]" }));
    }

    [Test]
    public async Task Own_patch_of_companies_fires_updates_under_contacts_with_their_type()
    {
        var (server, caller) = await StartInstalledAsync();
        await SubscribeAsync(caller, "update_company");
        var ids = server.State.Companies.All.Take(2).Select(company => company.Id).ToArray();
        using (await caller.PatchAsync("companies", $$"""[{"id":{{ids[0]}},"custom_fields_values":[{"field_id":700011,"values":[{"value":"5"}]}]},{"id":{{ids[1]}},"name":"A"}]"""))
        {
            var form = await _receiver.NextAsync();
            Assert.Multiple(() =>
            {
                Assert.That(form["contacts[update][0][id]"], Is.EqualTo($"{ids[0]}"));
                Assert.That(form["contacts[update][1][id]"], Is.EqualTo($"{ids[1]}"));
                Assert.That(form["contacts[update][0][type]"], Is.EqualTo("company"));
                Assert.That(form.AllKeys, Has.Some.StartsWith("contacts[update][0][linked_leads_id]["));
                Assert.That(form.AllKeys, Has.Some.EndsWith("[values][0][value]"));
            });
        }
    }

    [Test]
    public async Task Deletion_names_id_and_stage_alone_and_restoration_the_whole_lead()
    {
        var (server, caller) = await StartInstalledAsync();
        await SubscribeAsync(caller, "delete_lead", "restore_lead");
        var lead = server.State.Leads.All[0];
        using (await caller.Http.DeleteAsync($"/sandbox/leads/{lead.Id}"))
        {
            var gone = await _receiver.NextAsync();
            Assert.That(gone.AllKeys.Where(key => key!.StartsWith("leads", StringComparison.Ordinal)), Is.EquivalentTo(new[] { "leads[delete][0][id]", "leads[delete][0][status_id]", "leads[delete][0][pipeline_id]" }));
        }

        await caller.ControlAsync($"leads/{lead.Id}", """{"is_deleted":false}""");
        Assert.That((await _receiver.NextAsync())["leads[restore][0][name]"], Is.EqualTo(lead.Name));
    }

    [Test]
    public async Task Dates_come_as_scalars()
    {
        var (server, caller) = await StartInstalledAsync();
        using var made = await caller.PostAsync("companies/custom_fields", """[{"name":"Дата","type":"date","code":"D"}]""");
        await SubscribeAsync(caller, "update_company");
        using var patched = await caller.PatchAsync($"companies/{server.State.Companies.All[0].Id}", """{"custom_fields_values":[{"field_code":"D","values":[{"value":1700000000}]}]}""");
        var form = await _receiver.NextAsync();
        Assert.That(form.AllKeys, Has.Some.Matches("""^contacts\[update\]\[0\]\[custom_fields\]\[\d+\]\[values\]\[0\]$"""));
    }

    [Test]
    public async Task Api_does_not_wait_for_a_receiver_that_hangs()
    {
        var (server, caller) = await StartInstalledAsync();
        await SubscribeAsync(caller, "update_lead");
        var held = new TaskCompletionSource();
        _receiver.Gate = held.Task;
        await caller.ControlAsync($"leads/{server.State.Leads.All[0].Id}", """{"price":1}""");
        await _receiver.NextAsync();
        using var answer = await caller.GetAsync("account");
        held.SetResult();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Refused_delivery_is_repeated_by_the_vendors_table_and_then_given_up()
    {
        var (server, caller) = await StartInstalledAsync();
        await SubscribeAsync(caller, "update_lead");
        _receiver.Status = 500;
        await caller.ControlAsync($"leads/{server.State.Leads.All[0].Id}", """{"price":1}""");
        await _receiver.NextAsync();
        foreach (var (attempts, minutes) in new[] { (1, 5), (2, 15), (3, 15), (4, 60) })
        {
            // The answer is settled before time moves: the pause counts from there.
            await WaitAsync(caller, tally => tally.GetProperty("invalid").GetInt32() == attempts);
            Assert.That(_receiver.HasMore, Is.False);
            server.State.Clock.Advance(TimeSpan.FromMinutes(minutes) + TimeSpan.FromSeconds(1));
            await _receiver.NextAsync();
        }

        var last = await WaitAsync(caller, tally => tally.GetProperty("waiting").GetInt32() == 0);
        Assert.That(last.GetProperty("givenUp").GetInt32(), Is.EqualTo(1));
        Assert.That(last.GetProperty("attempts").GetInt32(), Is.EqualTo(5));
    }

    [Test]
    public async Task Hook_is_disabled_by_more_than_a_hundred_invalid_answers_within_two_hours()
    {
        var (server, caller) = await StartInstalledAsync();
        await SubscribeAsync(caller, "update_lead");
        _receiver.Status = 404;
        var id = server.State.Leads.All[0].Id;
        for (var change = 0; change < 100; change++)
        {
            await caller.ControlAsync($"leads/{id}", $$"""{"price":{{change}}}""");
        }

        await WaitAsync(caller, tally => tally.GetProperty("invalid").GetInt32() == 100);
        Assert.That((await caller.ReadAsync("webhooks")).GetProperty("_embedded").GetProperty("webhooks")[0].GetProperty("disabled").GetBoolean(), Is.False);
        await caller.ControlAsync($"leads/{id}", """{"price":7}""");
        await WaitAsync(caller, tally => tally.GetProperty("hooks")[0].GetProperty("disabled").GetBoolean());
        var updated = await SubscribeAsync(caller, "update_lead");
        Assert.That(updated.GetProperty("disabled").GetBoolean(), Is.True, "Updating a subscription does not enable it.");
        using (await caller.SendAsync(HttpMethod.Delete, "/api/v4/webhooks", $$"""{"destination":"{{_receiver.Address}}"}"""))
        {
            Assert.That((await SubscribeAsync(caller, "update_lead")).GetProperty("disabled").GetBoolean(), Is.False);
        }
    }

    private async Task<JsonElement> SubscribeAsync(Caller caller, params string[] settings)
    {
        using var answer = await caller.PostAsync("webhooks", JsonSerializer.Serialize(new { destination = _receiver.Address, settings }));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created), await answer.Content.ReadAsStringAsync());
        return await Caller.JsonAsync(answer);
    }

    private static async Task<JsonElement> WaitAsync(Caller caller, Func<JsonElement, bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var tally = await Caller.JsonAsync(await caller.Http.GetAsync("/sandbox/webhooks", patience.Token));
            if (holds(tally))
            {
                return tally;
            }

            await Task.Delay(10, patience.Token);
        }
    }

    private sealed record NameValues(System.Collections.Specialized.NameValueCollection Form)
    {
        public string Root => Form.AllKeys[0]![..(Form.AllKeys[0]!.IndexOf(']', StringComparison.Ordinal) + 1)];
    }
}
