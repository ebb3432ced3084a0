using System.Globalization;
using System.Text.Json;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>GET of users; admins only.</summary>
internal static class UsersAnswer
{
    public static Answer List(ApiCall call)
    {
        if (!call.User.IsAdmin)
        {
            return Problem.Forbidden;
        }

        var list = ListQuery.Read(call);
        if (list is null)
        {
            return Problem.TooMany;
        }

        var users = call.State.Users.Skip((int)Math.Min(list.Skip, int.MaxValue)).Take(list.Limit).ToList();
        var pages = (call.State.Users.Count + list.Limit - 1) / list.Limit;
        return users.Count == 0 ? Answer.NoContent : Answer.Hal(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("_total_items", call.State.Users.Count);
            json.WriteNumber("_page", list.Page);
            json.WriteNumber("_page_count", pages);
            ListLinks.Write(json, call, list.Page, list.Page < pages, pages);
            json.WriteStartObject("_embedded");
            json.WriteStartArray("users");
            users.ForEach(user => Write(json, user, call));
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    public static Answer One(ApiCall call) =>
        !call.User.IsAdmin ? Problem.Forbidden
        : call.State.User(call.RouteId) is { } user ? Answer.Hal(json => Write(json, user, call))
        : Answer.NoContent;

    private static void Write(Utf8JsonWriter json, CrmUser user, ApiCall call)
    {
        var level = user.SeesOnlyOwn ? "M" : "A";
        json.WriteStartObject();
        json.WriteNumber("id", user.Id);
        json.WriteString("name", user.Name);
        json.WriteString("email", user.Email);
        json.WriteString("lang", "ru");
        json.WriteStartObject("rights");
        foreach (var kind in (ReadOnlySpan<EntityKind>)[EntityKind.Leads, EntityKind.Contacts, EntityKind.Companies])
        {
            json.WriteStartObject(kind.Plural());
            foreach (var verb in (ReadOnlySpan<string>)["view", "edit", "add", "delete", "export"])
            {
                json.WriteString(verb, verb is "delete" or "export" && !user.IsAdmin ? "D" : level);
            }

            json.WriteEndObject();
        }

        json.WriteBoolean("mail_access", false);
        json.WriteBoolean("catalog_access", user.IsAdmin);
        json.WriteBoolean("is_admin", user.IsAdmin);
        json.WriteBoolean("is_free", false);
        json.WriteBoolean("is_active", user.IsActive);
        json.WriteNull("group_id");
        json.WriteNull("role_id");
        json.WriteEndObject();
        ListLinks.Self(json, call, string.Create(CultureInfo.InvariantCulture, $"/api/v4/users/{user.Id}"));
        json.WriteEndObject();
    }
}
