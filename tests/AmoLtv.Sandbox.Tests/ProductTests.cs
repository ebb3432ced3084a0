using System.Text.Json;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Tests;

/// <summary>Lists, their elements, and leads linked with them, from the reference's sections 4.2, 4.6 and 4.9.</summary>
internal sealed class ProductTests : SandboxTest
{
    [Test]
    public async Task Lists_say_of_which_type_they_are_and_products_are_listed_with_article_and_price()
    {
        var (_, caller) = await StartInstalledAsync();
        var catalogs = await caller.AllAsync("catalogs?limit=250", "catalogs");
        var products = catalogs.Single(catalog => catalog.GetProperty("type").GetString() == "products").GetProperty("id").GetInt64();
        var elements = await caller.AllAsync($"catalogs/{products}/elements?limit=250", "elements");
        var codes = elements[0].GetProperty("custom_fields_values").EnumerateArray().Select(field => field.GetProperty("field_code").GetString());
        Assert.Multiple(() =>
        {
            Assert.That(elements, Has.Count.GreaterThan(10));
            Assert.That(elements.TrueForAll(element => element.GetProperty("catalog_id").GetInt64() == products), Is.True);
            Assert.That(codes, Is.EquivalentTo(["SKU", "GROUP", "PRICE"]));
        });
    }

    [Test]
    public async Task Elements_are_filtered_by_id_without_the_paid_add_on()
    {
        var (server, caller) = await StartInstalledAsync(Still with { Filters = false });
        var (first, second) = (server.State.Elements.First(), server.State.Elements.Skip(1).First());

        var found = await caller.AllAsync($"catalogs/{first.CatalogId}/elements?limit=250&filter[id][0]={first.Id}&filter[id][1]={second.Id}&filter[id][2]=5", "elements");

        Assert.That(found.Select(element => element.GetProperty("id").GetInt64()), Is.EqualTo([first.Id, second.Id]));
    }

    [Test]
    public async Task Products_of_a_lead_come_when_asked_for_with_quantity_and_list()
    {
        var (_, caller) = await StartInstalledAsync();
        var plain = await caller.AllAsync("leads?limit=250", "leads");
        var asked = await caller.AllAsync("leads?limit=250&with=catalog_elements", "leads");
        var linked = asked.SelectMany(lead => lead.GetProperty("_embedded").GetProperty("catalog_elements").EnumerateArray()).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(plain.Exists(lead => lead.GetProperty("_embedded").TryGetProperty("catalog_elements", out _)), Is.False);
            Assert.That(linked, Has.Count.GreaterThan(asked.Count / 2));
            Assert.That(linked.TrueForAll(element => element.GetProperty("metadata").GetProperty("quantity").GetDecimal() > 0), Is.True);
            Assert.That(linked.TrueForAll(element => element.GetProperty("metadata").GetProperty("catalog_id").GetInt64() > 0), Is.True);
        });
    }

    [Test]
    public async Task Products_change_nothing_else_that_a_seed_makes()
    {
        var (with, _) = await StartAsync(Still);
        var (without, _) = await StartAsync(Still with { Products = false });
        static IEnumerable<string> Leads(SandboxServer server) => server.State.Leads.All.Select(lead =>
        {
            var bare = (Lead)lead.Copy();
            bare.Elements = [];
            return JsonSerializer.Serialize(bare);
        });

        Assert.Multiple(() =>
        {
            Assert.That(Leads(with), Is.EqualTo(Leads(without)));
            Assert.That(without.State.Catalogs, Is.Empty);
            Assert.That(without.State.Leads.All.SelectMany(lead => lead.Elements), Is.Empty);
        });
    }

    [Test]
    public async Task Same_seed_links_the_same_products_and_another_seed_others()
    {
        static string Links(SandboxServer server) => string.Join('|', server.State.Leads.All.Select(lead => string.Join(',', lead.Elements)));
        var (first, _) = await StartAsync(Still);
        var (second, _) = await StartAsync(Still);
        var (other, _) = await StartAsync(Still with { Seed = 2 });

        Assert.That(Links(second), Is.EqualTo(Links(first)));
        Assert.That(Links(other), Is.Not.EqualTo(Links(first)));
    }

    [Test]
    public async Task Linking_a_product_shows_in_the_lead_and_its_links_until_it_is_taken_off()
    {
        var (server, caller) = await StartInstalledAsync();
        var lead = server.State.Leads.All.First(row => row.Elements.Length == 0).Id;
        var element = server.State.Elements.First();
        var link = $$"""[{"to_entity_id":{{element.Id}},"to_entity_type":"catalog_elements","metadata":{"quantity":3,"catalog_id":{{element.CatalogId}}} }]""";

        using var made = await caller.PostAsync($"leads/{lead}/link", link);
        var linked = await caller.ReadAsync($"leads/{lead}?with=catalog_elements");
        var links = await caller.AllAsync($"leads/{lead}/links", "links");
        using var gone = await caller.PostAsync($"leads/{lead}/unlink", link);
        var unlinked = await caller.ReadAsync($"leads/{lead}?with=catalog_elements");

        Assert.Multiple(() =>
        {
            Assert.That(links.Exists(one => one.GetProperty("to_entity_type").GetString() == "catalog_elements" && one.GetProperty("to_entity_id").GetInt64() == element.Id), Is.True);
            Assert.That(Element(linked, "catalog_elements").GetProperty("metadata").GetProperty("quantity").GetDecimal(), Is.EqualTo(3));
            Assert.That(unlinked.GetProperty("_embedded").GetProperty("catalog_elements").GetArrayLength(), Is.Zero);
        });
    }

    [Test]
    public async Task Account_without_lists_answers_that_there_are_none()
    {
        var (_, caller) = await StartInstalledAsync(Still with { Products = false });

        Assert.That(await caller.AllAsync("catalogs?limit=250", "catalogs"), Is.Empty);
    }

    [Test]
    public async Task Renamed_product_keeps_its_name_over_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-products-").FullName;
        try
        {
            var (server, caller) = await StartInstalledAsync(Still with { DataFolder = folder });
            var element = server.State.Elements.First();
            using var renamed = await caller.PatchAsync($"catalogs/{element.CatalogId}/elements", $$"""[{"id":{{element.Id}},"name":"Другое имя"}]""");
            await server.DisposeAsync();

            var (again, _) = await StartAsync(Still with { DataFolder = folder });

            Assert.That(again.State.Element(element.Id)!.Name, Is.EqualTo("Другое имя"));
        }
        finally
        {
            await StopAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}
