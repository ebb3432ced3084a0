using AmoLtv.Core.Identity;
using Microsoft.AspNetCore.Http;

namespace AmoLtv.AmoCrm.Tests.Client;

/// <summary>Lists and products as the client asks for them.</summary>
[TestFixture]
public sealed class CatalogClientTests
{
    private static readonly HashSet<FieldId> NoFields = [];

    [Test]
    public async Task Products_of_leads_are_asked_for_by_the_client_that_wants_them_alone()
    {
        await using var crm = await ScriptedCrm.StartAsync(http => ScriptedCrm.LeadsAsync(http, [1], next: null));

        await crm.Client.GetLeadsAsync([1], NoFields, CancellationToken.None);
        await crm.Client.WithProducts().GetLeadsAsync([1], NoFields, CancellationToken.None);
        await foreach (var _ in crm.Client.WithProducts().ReadLeadsAsync(NoFields, 1, CancellationToken.None))
        {
        }

        Assert.That(crm.Asked.Select(asked => asked.Contains("catalog_elements", StringComparison.Ordinal)), Is.EqualTo([false, true, true]));
        Assert.That(crm.Asked.All(asked => asked.Contains("contacts,loss_reason,source", StringComparison.Ordinal)), Is.True, "What leads were listed with before stays.");
    }

    [Test]
    public async Task Elements_are_asked_for_by_their_numbers_in_one_request()
    {
        await using var crm = await ScriptedCrm.StartAsync(http => ScriptedCrm.JsonAsync(
            http, """{"_embedded":{"elements":[{"id":7,"name":"Pump"},{"name":"nameless"}]}}"""));

        var page = await crm.Client.GetProductsAsync(4521, [7, 8], CancellationToken.None);

        Assert.That(crm.Asked.Single(), Does.Contain("/api/v4/catalogs/4521/elements").And.Contain("filter[id][0]=7").And.Contain("filter[id][1]=8"));
        Assert.That(page.Rows.Single().Id, Is.EqualTo(new ProductId(4521, 7)));
        Assert.That(page.Unreadable, Has.Count.EqualTo(1), "What has no number is told, not failed at.");
    }

    [Test]
    public async Task Account_without_lists_has_none()
    {
        await using var crm = await ScriptedCrm.StartAsync(http =>
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });

        Assert.That(await crm.Client.GetCatalogsAsync(CancellationToken.None), Is.Empty);
    }

    [Test]
    public async Task All_elements_are_read_to_the_last_page()
    {
        await using var crm = await ScriptedCrm.StartAsync(http => ScriptedCrm.JsonAsync(
            http,
            http.Request.Query["page"] == "1"
                ? $$"""{"_links":{"next":{"href":"http://{{http.Request.Host}}/api/v4/catalogs/1/elements?page=2"} },"_embedded":{"elements":[{"id":1}]} }"""
                : """{"_links":{},"_embedded":{"elements":[{"id":2}]}}"""));
        var ids = new List<long>();

        await foreach (var page in crm.Client.ReadProductsAsync(1, CancellationToken.None))
        {
            ids.AddRange(page.Rows.Select(product => product.Id.Element));
        }

        Assert.That(ids, Is.EqualTo([1L, 2L]));
    }
}
