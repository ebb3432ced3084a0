using System.Net;
using System.Text.Json;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Tests;

/// <summary>Deletions, restorations and merges, from the reference's section 4.11.</summary>
internal sealed class TrashAndMergeTests : SandboxTest
{
    [TestCase("leads")]
    [TestCase("companies")]
    [TestCase("contacts")]
    public async Task Row_in_the_trash_is_in_only_deleted_alone_and_comes_back_by_restoration(string entity)
    {
        var (server, caller) = await StartInstalledAsync();
        var id = Rows(server, entity)[0].Id;
        using (await caller.Http.DeleteAsync($"/sandbox/{entity}/{id}"))
        {
            using var one = await caller.GetAsync($"{entity}/{id}");
            var trash = await caller.AllAsync($"{entity}?with=only_deleted", entity);
            var living = await caller.AllAsync($"{entity}?limit=250", entity);
            Assert.Multiple(() =>
            {
                Assert.That(one.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
                Assert.That(trash.Select(row => row.GetProperty("id").GetInt64()), Is.EqualTo(new[] { id }));
                Assert.That(trash[0].GetProperty("is_deleted").GetBoolean(), Is.True);
                Assert.That(living.Select(row => row.GetProperty("id").GetInt64()), Has.None.EqualTo(id));
            });
        }

        await caller.ControlAsync($"{entity}/{id}/restore");
        Assert.That((await caller.ReadAsync($"{entity}/{id}")).GetProperty("is_deleted").GetBoolean(), Is.False);
    }

    [Test]
    public async Task Order_of_updates_is_right_after_every_change()
    {
        var (server, caller) = await StartInstalledAsync();
        await caller.ReadAsync("leads?order[updated_at]=asc");
        for (var change = 0; change < 12; change++)
        {
            server.State.Clock.Advance(TimeSpan.FromSeconds(change % 3));
            await caller.ControlAsync($"leads/{server.State.Leads.All[change * 7].Id}", """{"price":3}""");
            if (change % 4 == 0)
            {
                using var gone = await caller.Http.DeleteAsync($"/sandbox/leads/{server.State.Leads.All[change * 5].Id}");
            }

            var listed = await caller.AllAsync("leads?limit=250&order[updated_at]=asc", "leads");
            var expected = server.State.Leads.All.Where(lead => !lead.IsDeleted).OrderBy(lead => lead.UpdatedAt).ThenBy(lead => lead.Id).Select(lead => lead.Id);
            Assert.That(listed.Select(lead => lead.GetProperty("id").GetInt64()), Is.EqualTo(expected));
        }
    }

    [Test]
    public async Task Merged_company_gives_its_leads_and_people_to_the_survivor_and_is_gone()
    {
        var (server, caller) = await StartInstalledAsync();
        var (survivor, absorbed) = (server.State.Companies.All[0].Id, server.State.Companies.All[1].Id);
        var both = server.State.Leads.All.Where(lead => lead.CompanyId == survivor || lead.CompanyId == absorbed).Select(lead => (lead.Id, lead.UpdatedAt)).ToList();
        await caller.ControlAsync("merge", $$"""{"entity":"companies","survivor":{{survivor}},"absorbed":[{{absorbed}}]}""");
        var merged = Element(await caller.ReadAsync("events?filter[type]=entity_merged"), "events");
        var deleted = await caller.AllAsync($"events?filter[type]=company_deleted&filter[entity]=company&filter[entity_id]={absorbed}", "events");
        using var gone = await caller.GetAsync($"companies/{absorbed}");
        using var trash = await caller.GetAsync("companies?with=only_deleted");
        using var restored = await caller.SendAsync(HttpMethod.Post, $"/sandbox/companies/{absorbed}/restore", "{}");
        Assert.Multiple(() =>
        {
            Assert.That(server.State.LeadsOfCompany(survivor).Select(lead => (lead.Id, lead.UpdatedAt)), Is.EquivalentTo(both), "Leads go over untouched.");
            Assert.That(server.State.LeadsOfCompany(absorbed), Is.Empty);
            Assert.That(server.State.ContactsOfCompany(absorbed), Is.Empty);
            Assert.That(merged.GetProperty("entity_id").GetInt64(), Is.EqualTo(survivor));
            Assert.That(merged.GetProperty("value_before").GetArrayLength() + merged.GetProperty("value_after").GetArrayLength(), Is.Zero);
            Assert.That(deleted, Has.Count.EqualTo(1));
            Assert.That(gone.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(trash.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(restored.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        });
    }

    [Test]
    public async Task Merge_may_tell_of_the_survivor_alone()
    {
        var (server, caller) = await StartInstalledAsync();
        var leads = server.State.Leads.All.Take(2).Select(lead => lead.Id).ToArray();
        await caller.ControlAsync("merge", $$"""{"entity":"leads","survivor":{{leads[0]}},"absorbed":[{{leads[1]}}],"price":777,"tellsAbsorbed":false}""");
        using var deleted = await caller.GetAsync($"events?filter[type]=lead_deleted&filter[entity]=lead&filter[entity_id]={leads[1]}");
        var survivor = await caller.ReadAsync($"leads/{leads[0]}");
        Assert.Multiple(() =>
        {
            Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(survivor.GetProperty("price").GetInt64(), Is.EqualTo(777));
        });
    }

    [Test]
    public async Task Merged_person_is_replaced_in_leads_by_the_survivor()
    {
        var (server, caller) = await StartInstalledAsync();
        var lead = server.State.Leads.All.First(row => row.ContactIds.Length > 0);
        var absorbed = lead.ContactIds[0];
        var survivor = server.State.Contacts.All.First(person => !lead.ContactIds.Contains(person.Id)).Id;
        await caller.ControlAsync("merge", $$"""{"entity":"contacts","survivor":{{survivor}},"absorbed":[{{absorbed}}]}""");
        var links = (await caller.ReadAsync($"leads/{lead.Id}?with=contacts")).GetProperty("_embedded").GetProperty("contacts");
        Assert.That(links.EnumerateArray().Select(link => link.GetProperty("id").GetInt64()), Has.Some.EqualTo(survivor).And.None.EqualTo(absorbed));
    }

    [Test]
    public async Task Links_of_many_entities_are_read_at_once_and_a_link_can_be_made_and_undone()
    {
        var (server, caller) = await StartInstalledAsync();
        var lead = server.State.Leads.All.First(row => row.CompanyId is not null);
        var other = server.State.Companies.All.First(company => company.Id != lead.CompanyId).Id;
        var links = (await caller.ReadAsync($"companies/links?filter[entity_id][]={lead.CompanyId}&filter[entity_id][]={other}")).GetProperty("_embedded").GetProperty("links").EnumerateArray().ToList();
        using var unlinked = await caller.PostAsync($"companies/{lead.CompanyId}/unlink", $$"""[{"to_entity_id":{{lead.Id}},"to_entity_type":"leads"}]""");
        var without = await caller.ReadAsync($"leads/{lead.Id}");
        using var linked = await caller.PostAsync($"leads/{lead.Id}/link", $$"""[{"to_entity_id":{{other}},"to_entity_type":"companies"}]""");
        var with = await caller.ReadAsync($"leads/{lead.Id}");
        Assert.Multiple(() =>
        {
            Assert.That(links.Where(link => link.GetProperty("to_entity_type").GetString() == "leads").Select(link => link.GetProperty("to_entity_id").GetInt64()), Has.Some.EqualTo(lead.Id));
            Assert.That(links.Select(link => link.GetProperty("entity_id").GetInt64()).Distinct().Count(), Is.EqualTo(2));
            Assert.That(unlinked.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(without.GetProperty("_embedded").GetProperty("companies").GetArrayLength(), Is.Zero);
            Assert.That(linked.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(with.GetProperty("_embedded").GetProperty("companies")[0].GetProperty("id").GetInt64(), Is.EqualTo(other));
        });
    }

    [TestCase(true, 0)]
    [TestCase(false, 1)]
    public async Task Link_to_a_company_in_the_trash_is_hidden_or_kept(bool hides, int shown)
    {
        var (server, caller) = await StartInstalledAsync(Still with { HidesTrashedLinks = hides });
        var lead = server.State.Leads.All.First(row => row.CompanyId is not null);
        using (await caller.Http.DeleteAsync($"/sandbox/companies/{lead.CompanyId}"))
        {
            Assert.That((await caller.ReadAsync($"leads/{lead.Id}")).GetProperty("_embedded").GetProperty("companies").GetArrayLength(), Is.EqualTo(shown));
        }
    }

    private static List<CrmEntity> Rows(SandboxServer server, string entity) => entity switch
    {
        "leads" => [.. server.State.Leads.All],
        "companies" => [.. server.State.Companies.All],
        _ => [.. server.State.Contacts.All],
    };
}
