using AmoLtv.Host.Analytics.Lists;
using AmoLtv.Host.Callers;
using AmoLtv.Host.Sheets;
using Microsoft.AspNetCore.Http.Features;

namespace AmoLtv.Host.Analytics;

/// <summary>Endpoints of the lists behind the figures, page by page and as files.</summary>
internal static class ListEndpoints
{
    public static void MapClientLists(this RouteGroupBuilder group)
    {
        group.MapGet("/clients", async (HttpContext http, ClientListStore store, [AsParameters] ClientFilter filter, [AsParameters] ListPart part) =>
        {
            var caller = http.Features.GetRequiredFeature<Caller>();
            return AnalyticsEndpoints.Json(await store.PageAsync(caller.Account, filter, caller.OwnClients(), part, http.RequestAborted));
        }).Produces<ListPage<ClientItem>>();
        group.MapGet("/clients.csv", async (
            HttpContext http, ClientListStore store, [AsParameters] ClientFilter filter, [AsParameters] ListPart part, string? language) =>
        {
            var caller = http.Features.GetRequiredFeature<Caller>();
            var rows = store.AllAsync(caller.Account, filter, caller.OwnClients(), part, http.RequestAborted);
            return await CsvFile<ClientItem>.BeginAsync("clients", ListColumns.Clients(caller.BaseAddress), language, rows, http.RequestAborted);
        }).GivesSheet();
    }

    public static void MapLeadLists(this RouteGroupBuilder group)
    {
        group.MapGet("/leads", async (HttpContext http, LeadListStore store, [AsParameters] LeadFilter filter, [AsParameters] ListPart part) =>
        {
            var caller = http.Features.GetRequiredFeature<Caller>();
            return AnalyticsEndpoints.Json(await store.PageAsync(caller.Account, filter, part, http.RequestAborted));
        }).Produces<ListPage<LeadItem>>();
        group.MapGet("/leads.csv", async (
            HttpContext http, LeadListStore store, [AsParameters] LeadFilter filter, [AsParameters] ListPart part, string? language) =>
        {
            var caller = http.Features.GetRequiredFeature<Caller>();
            var rows = store.AllAsync(caller.Account, filter, part, http.RequestAborted);
            return await CsvFile<LeadItem>.BeginAsync("leads", ListColumns.Leads(caller.BaseAddress), language, rows, http.RequestAborted);
        }).GivesSheet();
    }
}
