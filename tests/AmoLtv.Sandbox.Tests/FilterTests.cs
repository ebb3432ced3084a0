using System.Net;

namespace AmoLtv.Sandbox.Tests;

/// <summary>The paid filters, from the reference's section 3.5.</summary>
internal sealed class FilterTests : SandboxTest
{
    [Test]
    public async Task Filters_are_ignored_when_the_add_on_is_off()
    {
        var (server, caller) = await StartInstalledAsync();
        var leads = await caller.AllAsync("leads?limit=250&filter[id][]=1", "leads");
        Assert.That(leads, Has.Count.EqualTo(server.State.Leads.Count));
    }

    [Test]
    public async Task Ids_statuses_and_ranges_are_honoured_when_it_is_on()
    {
        var (server, caller) = await StartInstalledAsync(Still with { Filters = true });
        var some = server.State.Leads.All.Take(3).Select(lead => lead.Id).ToArray();
        var byId = await caller.AllAsync($"leads?filter[id][0]={some[0]}&filter[id][1]={some[2]}", "leads");
        var won = await caller.AllAsync("leads?limit=250&filter[statuses][0][pipeline_id]=1300&filter[statuses][0][status_id]=142", "leads");
        var moment = server.State.Leads.All[200].UpdatedAt;
        var late = await caller.AllAsync($"leads?limit=250&filter[updated_at][from]={moment}&filter[updated_at][to]=9999999999", "leads");
        Assert.Multiple(() =>
        {
            Assert.That(byId.Select(lead => lead.GetProperty("id").GetInt64()), Is.EqualTo(new[] { some[0], some[2] }));
            Assert.That(won, Has.Count.EqualTo(server.State.Leads.All.Count(lead => lead is { PipelineId: 1300, StatusId: 142 })));
            Assert.That(late, Has.Count.EqualTo(server.State.Leads.All.Count(lead => lead.UpdatedAt >= moment)));
        });
    }

    [Test]
    public async Task Field_values_are_filtered_by_item_and_by_range()
    {
        var (server, caller) = await StartInstalledAsync(Still with { Filters = true });
        var costs = server.State.Leads.All.Select(lead => lead.Field(700_001)).Where(field => field is not null).Select(field => decimal.Parse(field!.Values[0].Text, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        var channel = await caller.AllAsync("leads?limit=250&filter[custom_fields_values][700002][]=910", "leads");
        var cost = await caller.AllAsync("leads?limit=250&filter[custom_fields_values][700001][from]=1&filter[custom_fields_values][700001][to]=50000", "leads");
        Assert.Multiple(() =>
        {
            Assert.That(channel, Has.Count.EqualTo(server.State.Leads.All.Count(lead => lead.Field(700_002)?.Values[0].EnumId == 910)).And.Count.GreaterThan(0));
            Assert.That(cost, Has.Count.EqualTo(costs.Count(value => value is >= 1 and <= 50_000)).And.Count.GreaterThan(0));
        });
    }

    [Test]
    public async Task Bare_moment_in_place_of_a_range_finds_nothing()
    {
        var (server, caller) = await StartInstalledAsync(Still with { Filters = true });
        using var answer = await caller.GetAsync($"leads?filter[updated_at]={server.State.Leads.All[0].UpdatedAt}");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task Kommo_filters_without_an_add_on()
    {
        var (server, caller) = await StartInstalledAsync(Still with { Brand = Brand.Kommo });
        Assert.That(await caller.AllAsync($"companies?filter[id][]={server.State.Companies.All[0].Id}", "companies"), Has.Count.EqualTo(1));
    }
}
