using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>GET of leads, companies and contacts: which rows, in which order, on which page.</summary>
internal static class EntityList
{
    public static Answer Read(ApiCall call, EntityKind kind)
    {
        var list = ListQuery.Read(call);
        if (list is null)
        {
            return Problem.TooMany;
        }

        if (call.Options.RefusesFilters && !call.State.Account.FiltersEnabled && call.Query.Keys.Any(key => key.StartsWith("filter[", StringComparison.Ordinal)))
        {
            return Problem.BadRequest("Фильтрация недоступна для аккаунта");
        }

        return kind switch
        {
            EntityKind.Leads => Read(call, list, call.State.Leads, kind),
            EntityKind.Companies => Read(call, list, call.State.Companies, kind),
            _ => Read(call, list, call.State.Contacts, kind),
        };
    }

    public static Answer ReadOne(ApiCall call, EntityKind kind)
    {
        var entity = call.State.Find(kind, call.RouteId);
        if (entity is null || entity.IsDeleted)
        {
            return Answer.NoContent;
        }

        if (!call.State.MaySee(call.User, entity))
        {
            return call.Options.DeniedAnswer == DeniedAnswer.Forbidden ? Problem.Forbidden : Answer.NoContent;
        }

        return Answer.Hal(json => new EntityJson(json, call).Write(entity));
    }

    private static Answer Read<T>(ApiCall call, ListQuery list, EntityTable<T> table, EntityKind kind)
        where T : CrmEntity
    {
        var onlyDeleted = call.With.Contains("only_deleted");
        var rows = onlyDeleted ? table.Deleted(list.Key) : table.Living(list.Key);
        var wanted = Wanted(call, kind);
        if (wanted is not null)
        {
            rows = Array.FindAll(rows, row => wanted(row));
        }

        if (list.Skip >= rows.Length)
        {
            return Answer.NoContent;
        }

        return Page(call, list, rows, kind);
    }

    private static Answer Page(ApiCall call, ListQuery list, CrmEntity[] rows, EntityKind kind) => Answer.Hal(json =>
    {
        var entities = new EntityJson(json, call);
        json.WriteStartObject();
        json.WriteNumber("_page", list.Page);
        ListLinks.Write(json, call, list.Page, list.Skip + list.Limit < rows.Length || call.Options.DanglingNext);
        json.WriteStartObject("_embedded");
        json.WriteStartArray(kind.Plural());
        var end = (int)Math.Min(list.Skip + list.Limit, rows.Length);
        for (var place = (int)list.Skip; place < end; place++)
        {
            entities.Write(rows[list.Descending ? rows.Length - 1 - place : place]);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>Null when every row is wanted.</summary>
    private static Func<CrmEntity, bool>? Wanted(ApiCall call, EntityKind kind)
    {
        var filter = call.State.Account.FiltersEnabled ? EntityFilter.Read(call.Query, kind, call.State) : null;
        var search = call.Query["query"].ToString();
        var seesAll = call.State.SeesAll(call.User);
        if (filter is null && search.Length == 0 && seesAll)
        {
            return null;
        }

        return row => (seesAll || call.State.MaySee(call.User, row))
            && (filter is null || filter(row))
            && (search.Length == 0 || row.Name.Contains(search, StringComparison.OrdinalIgnoreCase));
    }
}
