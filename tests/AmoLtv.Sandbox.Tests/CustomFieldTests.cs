using System.Text.Json;

namespace AmoLtv.Sandbox.Tests;

/// <summary>Definitions of custom fields, from the reference's section 4.5.</summary>
internal sealed class CustomFieldTests : SandboxTest
{
    private const string Ltv = """[{"name":"LTV","type":"numeric","code":"AMOLTV_LTV","is_api_only":true,"sort":510,"request_id":"ltv"}]""";

    [Test]
    public async Task Created_field_keeps_code_and_type_and_is_listed()
    {
        var (_, caller) = await StartInstalledAsync();
        using var answer = await caller.PostAsync("companies/custom_fields", Ltv);
        var body = await Caller.JsonAsync(answer);
        var created = Element(body, "custom_fields");
        var listed = (await caller.AllAsync("companies/custom_fields?limit=2", "custom_fields")).Single(field => field.GetProperty("id").GetInt64() == created.GetProperty("id").GetInt64());
        Assert.Multiple(() =>
        {
            Assert.That((int)answer.StatusCode, Is.EqualTo(201));
            Assert.That(body.GetProperty("_total_items").GetInt32(), Is.EqualTo(1));
            Assert.That(created.GetProperty("request_id").GetString(), Is.EqualTo("ltv"));
            Assert.That(listed.GetProperty("code").GetString(), Is.EqualTo("AMOLTV_LTV"));
            Assert.That(listed.GetProperty("type").GetString(), Is.EqualTo("numeric"));
            Assert.That(listed.GetProperty("is_api_only").GetBoolean(), Is.True);
            Assert.That(listed.GetProperty("entity_type").GetString(), Is.EqualTo("companies"));
        });
    }

    [Test]
    public async Task Kommo_answers_one_created_field_bare()
    {
        var (_, caller) = await StartInstalledAsync(Still with { Brand = Brand.Kommo });
        using var answer = await caller.PostAsync("companies/custom_fields", Ltv);
        Assert.That((await Caller.JsonAsync(answer)).GetProperty("code").GetString(), Is.EqualTo("AMOLTV_LTV"));
    }

    [Test]
    public async Task Second_field_of_the_same_code_is_accepted()
    {
        var (server, caller) = await StartInstalledAsync();
        using var first = await caller.PostAsync("companies/custom_fields", Ltv);
        using var second = await caller.PostAsync("companies/custom_fields", Ltv);
        Assert.That(server.State.Fields.Count(field => field.Code == "AMOLTV_LTV"), Is.EqualTo(2));
    }

    [Test]
    public async Task Only_admins_create_fields()
    {
        var (server, caller) = await StartInstalledAsync();
        var manager = Another(server);
        await manager.InstallAsync(Caller.Manager);
        using var refused = await manager.PostAsync("companies/custom_fields", Ltv);
        using var listed = await manager.GetAsync("companies/custom_fields");
        Assert.Multiple(() =>
        {
            Assert.That((int)refused.StatusCode, Is.EqualTo(403));
            Assert.That((int)listed.StatusCode, Is.EqualTo(200));
        });
    }

    [TestCase("""[{"name":"","type":"numeric"}]""", "name")]
    [TestCase("""[{"name":"A","type":"wonder"}]""", "type")]
    [TestCase("""[{"name":"A","type":"monetary"}]""", "type")]
    public async Task Field_without_name_or_of_an_unavailable_type_is_refused(string body, string path)
    {
        var (_, caller) = await StartInstalledAsync();
        using var answer = await caller.PostAsync("leads/custom_fields", body);
        var errors = (await Caller.JsonAsync(answer)).GetProperty("validation-errors")[0].GetProperty("errors");
        Assert.That(errors[0].GetProperty("path").GetString(), Is.EqualTo(path));
    }

    [Test]
    public async Task Removed_field_takes_its_values_out_of_the_answers()
    {
        var (server, caller) = await StartInstalledAsync();
        var id = server.State.Companies.All.First(row => row.Field(700_011) is not null).Id;
        using (await caller.Http.DeleteAsync("/api/v4/companies/custom_fields/700011"))
        {
        }

        var company = await caller.ReadAsync($"companies/{id}");
        Assert.That(company.GetProperty("custom_fields_values").ToString(), Does.Not.Contain("700011"));
    }

    [Test]
    public async Task Values_are_read_back_by_code()
    {
        var (server, caller) = await StartInstalledAsync();
        var id = server.State.Companies.All[0].Id;
        using (await caller.PatchAsync("companies", $$"""[{"id":{{id}},"custom_fields_values":[{"field_id":700011,"values":[{"value":"12.5"}]}]}]"""))
        {
        }

        var fields = await Caller.JsonAsync(await caller.Http.GetAsync("/sandbox/fields?entity=companies"));
        Assert.That(fields.GetProperty($"{id}").GetProperty("CAC").GetString(), Is.EqualTo("12.5"));
    }

    [Test]
    public async Task Unknown_types_and_object_values_occur()
    {
        var (_, caller) = await StartInstalledAsync(Still with { Companies = 200 });
        var values = (await caller.AllAsync("companies?limit=250", "companies"))
            .Where(company => company.GetProperty("custom_fields_values").ValueKind == JsonValueKind.Array)
            .SelectMany(company => company.GetProperty("custom_fields_values").EnumerateArray())
            .ToLookup(value => value.GetProperty("field_type").GetString());
        Assert.Multiple(() =>
        {
            Assert.That(values["mood_scale"], Is.Not.Empty);
            Assert.That(values["legal_entity"].First().GetProperty("values")[0].GetProperty("value").ValueKind, Is.EqualTo(JsonValueKind.Object));
        });
    }
}
