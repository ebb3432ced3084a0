using AmoLtv.Host.Running;
using AmoLtv.Host.Tests.Installing;
using AmoLtv.Sandbox.State;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Syncing;

/// <summary>Products of leads: they come with the leads, their names in a request now and then, and nothing is asked of an account without lists.</summary>
[TestFixture, Category("Slow")]
public sealed class ProductSyncTests
{
    private const string Stored =
        """
        select concat_ws('|', lead_id, (
            select string_agg(concat_ws(':', product ->> 0, product ->> 1, (product ->> 2)::numeric, product ->> 3), ',' order by (product ->> 1)::bigint)
            from jsonb_array_elements(products) product))
        from leads where not is_deleted and products is not null order by lead_id
        """;

    private ConnectedSandbox _crm = null!;
    private IServiceProvider _services = null!;

    [TearDown]
    public async Task StopAsync() => await _crm.DisposeAsync();

    [Test]
    public async Task Products_come_with_the_leads_and_their_names_in_one_request()
    {
        await StartAsync();

        var counts = await SyncAsync();

        await AssertSameAsync();
        Assert.That(await NamesAsync(), Is.EqualTo(_crm.Server.State.Elements.Where(Sold).Select(element => $"{element.Id}|{element.Name}|{element.Price:0.00}|False")));
        Assert.That(counts["productNames"], Is.EqualTo(_crm.Server.State.Elements.Count(Sold)));
        Assert.That((await ListsAsync(), await NamedAsync()), Is.EqualTo((1, 1)));
        Assert.That(await _crm.ScalarAsync<string>("select string_agg(catalog_id || ' ' || is_sold, ',' order by catalog_id) from catalogs"), Is.EqualTo("4600 true,4601 false"));
    }

    [Test]
    public async Task Later_night_asks_for_nothing_but_the_changes_and_writes_nothing_that_is_the_same()
    {
        await StartAsync();
        await SyncAsync();
        var rows = await _crm.ScalarAsync<string>("select max(xmin::text::bigint)::text from leads");
        await _crm.ControlAsync(HttpMethod.Delete, "statistics");

        await SyncAsync();

        Assert.That((await ListsAsync(), await NamedAsync()), Is.EqualTo((0, 0)));
        Assert.That(await _crm.ScalarAsync<string>("select max(xmin::text::bigint)::text from leads"), Is.EqualTo(rows));
    }

    [Test]
    public async Task Product_linked_and_one_taken_off_are_found_and_only_the_new_name_is_asked_for()
    {
        await StartAsync();
        await SyncAsync();
        await _crm.ControlAsync(HttpMethod.Delete, "statistics");
        var (with, without) = (Leads().First(lead => lead.Elements.Length > 0), Leads().First(lead => lead.Elements.Length == 0));
        Change(state =>
        {
            state.Save(new CatalogElement { Id = 9_900_000, CatalogId = 4600, Name = "Насос\0 <b>" });
            Link(state, with, []);
            Link(state, without, [new LinkedElement(4600, 9_900_000, 2.5m, null)]);
        });

        var counts = await SyncAsync();

        await AssertSameAsync();
        Assert.That(counts["productNames"], Is.EqualTo(1));
        Assert.That((await ListsAsync(), await NamedAsync()), Is.EqualTo((0, 1)));
        Assert.That(await _crm.ScalarAsync<string>("select name from products where element_id = 9900000"), Is.EqualTo("Насос <b>"));
        Assert.That(counts["leadsChanged"], Is.Zero, "No number of a client depends on it.");
    }

    [Test]
    public async Task Account_without_lists_costs_one_request_a_whole_sync_and_its_leads_come_as_before()
    {
        await StartAsync(products: false);

        await SyncAsync();
        await SyncAsync();

        Assert.That((await ListsAsync(), await NamedAsync()), Is.EqualTo((1, 0)));
        Assert.That(await _crm.ScalarAsync<string>("select outcome from catalog_readings"), Is.EqualTo("none"));
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from leads where products is not null"), Is.Zero);
    }

    [Test]
    public async Task List_that_appears_has_the_products_of_all_leads_read()
    {
        await StartAsync(products: false);
        await SyncAsync();
        var lead = Leads()[7];
        Change(state =>
        {
            state.Save(new Catalog(50, "Товары", "products", 1));
            state.Save(new CatalogElement { Id = 51, CatalogId = 50, Name = "Насос" });
            // No event, no new time of change: only a look at all leads finds it.
            var copy = (Lead)lead.Copy();
            copy.Elements = [new LinkedElement(50, 51, 1, null)];
            state.Save(copy);
        });
        await _crm.ExecuteAsync("update catalog_readings set read_at = read_at - interval '7 days'");

        await SyncAsync();

        await AssertSameAsync();
        Assert.That(await _crm.ScalarAsync<string>("select name from products"), Is.EqualTo("Насос"));
    }

    [Test]
    public async Task Names_are_read_again_after_a_week_and_a_product_that_is_gone_keeps_its_own()
    {
        await StartAsync();
        await SyncAsync();
        var (renamed, gone) = (_crm.Server.State.Elements.First(Sold), _crm.Server.State.Elements.Last(Sold));
        Change(state =>
        {
            state.Save(renamed with { Name = "Новое имя", Price = 5 });
            state.Save(gone with { IsDeleted = true });
        });
        await _crm.ExecuteAsync("update products set read_at = read_at - interval '7 days'");

        await SyncAsync();

        var names = await NamesAsync();
        Assert.That(names, Does.Contain($"{renamed.Id}|Новое имя|5.00|False").And.Contain($"{gone.Id}|{gone.Name}|{gone.Price:0.00}|True"));
    }

    [Test]
    public async Task Lists_that_the_plan_does_not_have_leave_the_sync_as_it_was()
    {
        await StartAsync();
        await _crm.FailAsync("/api/v4/catalogs", "402");

        await SyncAsync();

        Assert.That(await _crm.ScalarAsync<string>("select outcome from catalog_readings"), Is.EqualTo("refused"));
        Assert.That(await _crm.ScalarAsync<long>("select count(*) from leads where not is_deleted"), Is.EqualTo(Leads().Length));
    }

    private bool Sold(CatalogElement element) => element.CatalogId == 4600 && Leads().Any(lead => Array.Exists(lead.Elements, linked => linked.ElementId == element.Id));

    private Lead[] Leads() => _crm.Server.State.Leads.Living(SortBy.Id);

    private void Change(Action<SandboxState> change)
    {
        using (_crm.Server.State.Gate.EnterScope())
        {
            change(_crm.Server.State);
        }
    }

    private static void Link(SandboxState state, Lead lead, LinkedElement[] elements)
    {
        var copy = (Lead)lead.Copy();
        copy.Elements = elements;
        copy.UpdatedAt = state.Clock.Seconds;
        state.Save(copy);
    }

    private async Task AssertSameAsync()
    {
        await using var connection = await _crm.Database.OpenConnectionAsync();
        Assert.That(await connection.QueryAsync<string>(Stored), Is.EqualTo(Leads().Where(lead => lead.Elements.Length > 0).Select(lead =>
            $"{lead.Id}|" + string.Join(',', lead.Elements.OrderBy(linked => linked.ElementId).Select(linked =>
                FormattableString.Invariant($"{linked.CatalogId}:{linked.ElementId}:{linked.Quantity}{(linked.PriceId is { } price ? $":{price}" : "")}"))))));
    }

    private async Task<IReadOnlyList<string>> NamesAsync()
    {
        await using var connection = await _crm.Database.OpenConnectionAsync();
        return [.. await connection.QueryAsync<string>("select concat_ws('|', element_id, name, price, initcap(is_gone::text)) from products order by element_id")];
    }

    private Task<int> ListsAsync() => _crm.CountAsync("GET /api/v4/catalogs");

    private Task<int> NamedAsync() => _crm.CountAsync("GET /api/v4/catalogs/{id}/elements");

    private async Task StartAsync(bool products = true)
    {
        _crm = await ConnectedSandbox.StartAsync(options => (options with { Companies = 40, Leads = 300, Filters = true, Products = products }).Hurried());
        await _crm.ConnectAsync();
        _services = _crm.NewProcess([.. HurriedCrm.Settings(_crm.Server)]);
        await _crm.ControlAsync(HttpMethod.Delete, "statistics");
    }

    private async Task<IReadOnlyDictionary<string, long>> SyncAsync()
    {
        var outcome = await _services.GetRequiredService<AccountRunner>().RunAsync(
            _crm.Account, new RunRequest(RunCause.Manual, [RunSteps.Sync], null, RunRequest.CommandPatience), null, CancellationToken.None);
        Assert.That(outcome.Error, Is.Null);
        return outcome.Steps.Single().Value;
    }
}
