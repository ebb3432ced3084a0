using System.Net;
using System.Text.Json;

namespace AmoLtv.Sandbox.Tests;

/// <summary>PATCH and POST of entities, from the reference's sections 3.6 and 4.</summary>
internal sealed class WriteTests : SandboxTest
{
    private const string Cac = "700011";

    [Test]
    public async Task Patch_moves_updated_at_keeps_other_fields_and_answers_without_request_id()
    {
        var (server, caller) = await StartInstalledAsync();
        var company = server.State.Companies.All.First(row => row.Fields.Length > 1);
        using var answer = await caller.PatchAsync("companies", $$"""[{"id":{{company.Id}},"request_id":"x","updated_by":0,"custom_fields_values":[{"field_id":{{Cac}},"values":[{"value":"150000.50"}]}]}]""");
        var changed = Element(await Caller.JsonAsync(answer), "companies");
        var row = server.State.Companies.Find(company.Id)!;
        Assert.Multiple(() =>
        {
            Assert.That(changed.GetProperty("id").GetInt64(), Is.EqualTo(company.Id));
            Assert.That(changed.GetProperty("updated_at").GetInt64(), Is.EqualTo(Now.ToUnixTimeSeconds()).Within(1));
            Assert.That(changed.TryGetProperty("request_id", out _), Is.False);
            Assert.That(row.UpdatedBy, Is.Zero);
            Assert.That(row.Field(700_011)!.Values[0].Text, Is.EqualTo("150000.5"));
            Assert.That(row.Field(700_010), Is.EqualTo(company.Field(700_010)));
        });
    }

    [Test]
    public async Task Null_values_clear_a_field()
    {
        var (server, caller) = await StartInstalledAsync();
        var id = server.State.Companies.All.First(row => row.Field(700_011) is not null).Id;
        using var answer = await caller.PatchAsync($"companies/{id}", $$"""{"custom_fields_values":[{"field_id":{{Cac}},"values":null}]}""");
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(server.State.Companies.Find(id)!.Field(700_011), Is.Null);
        });
    }

    [Test]
    public async Task Fields_may_be_named_by_code()
    {
        var (server, caller) = await StartInstalledAsync();
        var id = server.State.Companies.All[0].Id;
        using var answer = await caller.PatchAsync("companies", $$"""[{"id":{{id}},"custom_fields_values":[{"field_code":"CAC","values":[{"value":7}]}]}]""");
        Assert.That(server.State.Companies.Find(id)!.Field(700_011)!.Values[0].Text, Is.EqualTo("7"));
    }

    [TestCase("""{"field_id":1,"values":[{"value":"1"}]}""", "NotSupportedChoice", "custom_fields_values.0.field_id")]
    [TestCase("""{"field_id":700011,"values":[{"value":"много"}]}""", "InvalidType", "custom_fields_values.0.values.0.value")]
    [TestCase("""{"field_id":700010,"values":[{"value":"Нет такой"}]}""", "NotSupportedChoice", "custom_fields_values.0.values.0.value")]
    public async Task Bad_value_refuses_the_whole_batch_with_its_path(string value, string code, string path)
    {
        var (server, caller) = await StartInstalledAsync();
        var (good, bad) = (server.State.Companies.All[0], server.State.Companies.All[1]);
        using var answer = await caller.PatchAsync("companies", $$"""[{"id":{{good.Id}},"name":"Новое"},{"id":{{bad.Id}},"custom_fields_values":[{{value}}]},{"id":{{good.Id}},"request_id":"r7","name":5}]""");
        var problem = await Caller.JsonAsync(answer);
        var errors = problem.GetProperty("validation-errors");
        Assert.Multiple(() =>
        {
            Assert.That((int)answer.StatusCode, Is.EqualTo(400));
            Assert.That(answer.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/problem+json"));
            Assert.That(errors[0].GetProperty("request_id").GetString(), Is.EqualTo("1"));
            Assert.That(errors[0].GetProperty("errors")[0].GetProperty("code").GetString(), Is.EqualTo(code));
            Assert.That(errors[0].GetProperty("errors")[0].GetProperty("path").GetString(), Is.EqualTo(path));
            Assert.That(errors[1].GetProperty("request_id").GetString(), Is.EqualTo("r7"));
            Assert.That(server.State.Companies.Find(good.Id)!.Name, Is.EqualTo(good.Name));
        });
    }

    [Test]
    public async Task Good_elements_are_saved_beside_bad_ones_in_the_partial_mode()
    {
        var (server, caller) = await StartInstalledAsync(Still with { PartialBatches = true });
        var (good, bad) = (server.State.Companies.All[0].Id, server.State.Companies.All[1].Id);
        using var answer = await caller.PatchAsync("companies", $$"""[{"id":{{good}},"name":"Новое"},{"id":{{bad}},"name":1}]""");
        Assert.Multiple(() =>
        {
            Assert.That((int)answer.StatusCode, Is.EqualTo(400));
            Assert.That(server.State.Companies.Find(good)!.Name, Is.EqualTo("Новое"));
        });
    }

    [Test]
    public async Task Unknown_id_is_missing_in_the_answer()
    {
        var (server, caller) = await StartInstalledAsync();
        using var answer = await caller.PatchAsync("companies", $$"""[{"id":5,"name":"А"},{"id":{{server.State.Companies.All[0].Id}},"name":"Б"}]""");
        Assert.That((await Caller.JsonAsync(answer)).GetProperty("_embedded").GetProperty("companies").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task Empty_bodies_are_400_and_more_than_250_elements_422()
    {
        var (_, caller) = await StartInstalledAsync();
        using var empty = await caller.PatchAsync("companies", "[]");
        using var broken = await caller.PatchAsync("companies", "[{");
        using var many = await caller.PatchAsync("companies", "[" + string.Join(',', Enumerable.Repeat("""{"id":1}""", 251)) + "]");
        Assert.Multiple(() =>
        {
            Assert.That((int)empty.StatusCode, Is.EqualTo(400));
            Assert.That((int)broken.StatusCode, Is.EqualTo(400));
            Assert.That((int)many.StatusCode, Is.EqualTo(422));
        });
    }

    [Test]
    public async Task Dates_are_taken_as_unix_or_rfc3339_and_cut_to_the_accounts_day()
    {
        var (server, caller) = await StartInstalledAsync();
        var field = (await Caller.JsonAsync(await caller.PostAsync("companies/custom_fields", """[{"name":"День","type":"date"}]"""))).GetProperty("_embedded").GetProperty("custom_fields")[0].GetProperty("id").GetInt64();
        var id = server.State.Companies.All[0].Id;
        var moscowMidnight = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.FromHours(3)).ToUnixTimeSeconds();
        foreach (var sent in new[] { $"{moscowMidnight + (12 * 3600)}", "\"2026-11-01T12:00:00+03:00\"" })
        {
            using (await caller.PatchAsync("companies", $$"""[{"id":{{id}},"custom_fields_values":[{"field_id":{{field}},"values":[{"value":{{sent}}}]}]}]"""))
            {
            }

            var company = await caller.ReadAsync($"companies/{id}");
            var value = company.GetProperty("custom_fields_values").EnumerateArray().Single(held => held.GetProperty("field_id").GetInt64() == field).GetProperty("values")[0].GetProperty("value");
            Assert.That(value.GetInt64(), Is.EqualTo(moscowMidnight));
        }
    }

    [Test]
    public async Task Winning_a_lead_sets_closed_at_and_reopening_clears_it()
    {
        var (server, caller) = await StartInstalledAsync();
        var open = server.State.Leads.All.First(lead => lead.ClosedAt is null);
        using (await caller.PatchAsync("leads", $$"""[{"id":{{open.Id}},"status_id":142,"price":500}]"""))
        {
            Assert.That(server.State.Leads.Find(open.Id)!.ClosedAt, Is.EqualTo(Now.ToUnixTimeSeconds()).Within(1));
        }

        using (await caller.PatchAsync("leads", $$"""[{"id":{{open.Id}},"status_id":{{open.StatusId}}}]"""))
        {
            Assert.That(server.State.Leads.Find(open.Id)!.ClosedAt, Is.Null);
        }
    }

    [TestCase(Brand.Amocrm, 400)]
    [TestCase(Brand.Kommo, 200)]
    public async Task Fraction_in_a_price_is_for_kommo_alone(Brand brand, int status)
    {
        var (server, caller) = await StartInstalledAsync(Still with { Brand = brand });
        using var answer = await caller.PatchAsync("leads", $$"""[{"id":{{server.State.Leads.All[0].Id}},"price":10.55}]""");
        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task Created_entities_answer_with_ids_and_request_ids()
    {
        var (server, caller) = await StartInstalledAsync();
        var company = server.State.Companies.All[0].Id;
        using var answer = await caller.PostAsync("leads", $$$"""[{"name":"А","price":100,"_embedded":{"companies":[{"id":{{{company}}}}]}},{"name":"Б","request_id":"q"}]""");
        var body = await Caller.JsonAsync(answer);
        Assert.Multiple(() =>
        {
            Assert.That((int)answer.StatusCode, Is.EqualTo(200));
            Assert.That(Element(body, "leads").GetProperty("request_id").GetString(), Is.EqualTo("0"));
            Assert.That(Element(body, "leads", 1).GetProperty("request_id").GetString(), Is.EqualTo("q"));
            Assert.That(server.State.Leads.Find(Element(body, "leads").GetProperty("id").GetInt64())!.CompanyId, Is.EqualTo(company));
        });
    }

    [Test]
    public async Task Numeric_fields_keep_the_decimals_that_the_account_stores()
    {
        var (server, caller) = await StartInstalledAsync(Still with { NumericDecimals = 1 });
        var id = server.State.Companies.All[0].Id;
        using var answer = await caller.PatchAsync("companies", $$"""[{"id":{{id}},"custom_fields_values":[{"field_id":{{Cac}},"values":[{"value":"1.25"}]}]}]""");
        Assert.That(server.State.Companies.Find(id)!.Field(700_011)!.Values[0].Text, Is.EqualTo("1.3"));
    }
}
