using System.Text.Json;

namespace AmoLtv.Sandbox.Tests;

/// <summary>What entities look like, from the reference's section 4.</summary>
internal sealed class EntityShapeTests : SandboxTest
{
    [Test]
    public async Task Company_of_a_lead_is_always_there_and_contacts_only_when_asked_for()
    {
        var (_, caller) = await StartInstalledAsync();
        var plain = await caller.AllAsync("leads?limit=250", "leads");
        var asked = await caller.AllAsync("leads?limit=250&with=contacts", "leads");
        Assert.Multiple(() =>
        {
            Assert.That(plain.Select(Companies), Is.All.InRange(0, 1));
            Assert.That(plain.Select(Companies), Has.Some.EqualTo(0).And.Some.EqualTo(1));
            Assert.That(plain.Exists(lead => lead.GetProperty("_embedded").TryGetProperty("contacts", out _)), Is.False);
            Assert.That(asked.TrueForAll(HasOneMainContactOrNone), Is.True);
            Assert.That(asked.Exists(lead => lead.GetProperty("_embedded").GetProperty("contacts").GetArrayLength() > 1), Is.True);
        });
    }

    [Test]
    public async Task Closed_at_is_set_on_142_and_143_alone()
    {
        var (_, caller) = await StartInstalledAsync();
        var leads = await caller.AllAsync("leads?limit=250", "leads");
        Assert.That(leads.TrueForAll(lead => (lead.GetProperty("status_id").GetInt64() is 142 or 143) == (lead.GetProperty("closed_at").ValueKind == JsonValueKind.Number)), Is.True);
    }

    [Test]
    public async Task Price_on_amocrm_is_an_integer_without_minor_units()
    {
        var (_, caller) = await StartInstalledAsync();
        var leads = await caller.AllAsync("leads?limit=250", "leads");
        Assert.Multiple(() =>
        {
            Assert.That(leads.TrueForAll(lead => lead.GetProperty("price").TryGetInt64(out _)), Is.True);
            Assert.That(leads.Exists(lead => lead.TryGetProperty("price_with_minor_units", out _)), Is.False);
        });
    }

    [Test]
    public async Task Price_on_kommo_stands_beside_its_exact_sum()
    {
        var (_, caller) = await StartInstalledAsync(Still with { Brand = Brand.Kommo });
        var leads = await caller.AllAsync("leads?limit=250", "leads");
        Assert.Multiple(() =>
        {
            Assert.That(leads.TrueForAll(lead => decimal.Truncate(lead.GetProperty("price_with_minor_units").GetDecimal()) == lead.GetProperty("price").GetInt64()), Is.True);
            Assert.That(leads.Exists(lead => lead.GetProperty("price_with_minor_units").GetDecimal() % 1 != 0), Is.True);
        });
    }

    [Test]
    public async Task Field_values_are_null_when_empty_and_numerics_are_strings()
    {
        var (_, caller) = await StartInstalledAsync();
        var leads = await caller.AllAsync("leads?limit=250", "leads");
        var values = leads.Select(lead => lead.GetProperty("custom_fields_values")).ToList();
        var costs = values.Where(list => list.ValueKind == JsonValueKind.Array).SelectMany(list => list.EnumerateArray()).Where(value => value.GetProperty("field_type").GetString() == "numeric").ToList();
        Assert.Multiple(() =>
        {
            Assert.That(values.Exists(list => list.ValueKind == JsonValueKind.Null), Is.True);
            Assert.That(values.Exists(list => list.ValueKind == JsonValueKind.Array && list.GetArrayLength() == 0), Is.False);
            Assert.That(costs, Is.Not.Empty);
            Assert.That(costs.Select(cost => cost.GetProperty("values")[0].GetProperty("value").ValueKind), Is.All.EqualTo(JsonValueKind.String));
        });
    }

    [Test]
    public async Task Company_lists_leads_and_contacts_only_when_asked_for()
    {
        var (_, caller) = await StartInstalledAsync();
        var plain = Element(await caller.ReadAsync("companies?limit=1"), "companies").GetProperty("_embedded");
        var asked = (await caller.AllAsync("companies?limit=250&with=leads,contacts", "companies")).ConvertAll(company => company.GetProperty("_embedded"));
        Assert.Multiple(() =>
        {
            Assert.That(plain.TryGetProperty("leads", out _), Is.False);
            Assert.That(asked.TrueForAll(embedded => embedded.GetProperty("contacts").GetArrayLength() > 0), Is.True);
            Assert.That(asked.Exists(embedded => embedded.GetProperty("leads").GetArrayLength() > 1), Is.True);
        });
    }

    [Test]
    public async Task Lead_in_the_trash_is_listed_apart_and_is_null_but_for_id_and_who_and_when()
    {
        var (server, caller) = await StartInstalledAsync();
        var id = server.State.Leads.All[3].Id;
        using (await caller.Http.DeleteAsync($"/sandbox/leads/{id}"))
        {
        }

        var trashed = Element(await caller.ReadAsync("leads?with=only_deleted"), "leads");
        using var one = await caller.GetAsync($"leads/{id}");
        var living = await caller.AllAsync("leads?limit=250", "leads");
        Assert.Multiple(() =>
        {
            Assert.That(trashed.GetProperty("id").GetInt64(), Is.EqualTo(id));
            Assert.That(trashed.GetProperty("is_deleted").GetBoolean(), Is.True);
            Assert.That(trashed.GetProperty("price").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(trashed.GetProperty("status_id").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That((int)one.StatusCode, Is.EqualTo(204));
            Assert.That(living.Exists(lead => lead.GetProperty("id").GetInt64() == id), Is.False);
        });
    }

    [Test]
    public async Task Pipelines_share_142_and_143_and_have_an_unsorted_stage()
    {
        var (_, caller) = await StartInstalledAsync();
        var pipelines = (await caller.ReadAsync("leads/pipelines")).GetProperty("_embedded").GetProperty("pipelines").EnumerateArray().ToList();
        Assert.That(pipelines, Has.Count.GreaterThan(1));
        foreach (var pipeline in pipelines)
        {
            var stages = pipeline.GetProperty("_embedded").GetProperty("statuses").EnumerateArray().ToList();
            Assert.Multiple(() =>
            {
                Assert.That(stages.Select(stage => stage.GetProperty("id").GetInt64()), Does.Contain(142).And.Contain(143));
                Assert.That(stages.Count(stage => stage.GetProperty("type").GetInt32() == 1), Is.EqualTo(1));
            });
        }
    }

    [Test]
    public async Task Account_tells_currency_always_and_time_zone_and_filter_flag_when_asked()
    {
        var (_, caller) = await StartInstalledAsync();
        var plain = await caller.ReadAsync("account");
        var asked = await caller.ReadAsync("account?with=datetime_settings,is_api_filter_enabled");
        Assert.Multiple(() =>
        {
            Assert.That(plain.GetProperty("currency").GetString(), Is.EqualTo("RUB"));
            Assert.That(plain.TryGetProperty("is_api_filter_enabled", out _), Is.False);
            Assert.That(asked.GetProperty("is_api_filter_enabled").GetBoolean(), Is.False);
            Assert.That(asked.GetProperty("_embedded").GetProperty("datetime_settings").GetProperty("timezone").GetString(), Is.EqualTo("Europe/Moscow"));
        });
    }

    [Test]
    public async Task Loss_reason_of_a_lead_is_an_array_when_asked_for()
    {
        var (_, caller) = await StartInstalledAsync();
        var lost = (await caller.AllAsync("leads?limit=250&with=loss_reason", "leads")).Find(lead => lead.GetProperty("loss_reason_id").ValueKind == JsonValueKind.Number);
        var reason = lost.GetProperty("_embedded").GetProperty("loss_reason")[0];
        Assert.That(reason.GetProperty("id").GetInt64(), Is.EqualTo(lost.GetProperty("loss_reason_id").GetInt64()));
    }

    private static int Companies(JsonElement lead) => lead.GetProperty("_embedded").GetProperty("companies").GetArrayLength();

    private static bool HasOneMainContactOrNone(JsonElement lead)
    {
        var contacts = lead.GetProperty("_embedded").GetProperty("contacts").EnumerateArray().ToList();
        return contacts.Count == 0 || contacts.Count(contact => contact.GetProperty("is_main").GetBoolean()) == 1;
    }
}
