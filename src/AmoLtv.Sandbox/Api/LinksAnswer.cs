using System.Globalization;
using System.Text.Json;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>Links between entities: GET of one entity or of many, POST of link and unlink.</summary>
internal static class LinksAnswer
{
    public static Answer One(ApiCall call, EntityKind kind) => Of(call, kind, [call.RouteId]);

    /// <summary><c>filter[entity_id][]</c> names the entities; it belongs to no paid add-on.</summary>
    public static Answer Many(ApiCall call, EntityKind kind)
    {
        var ids = call.Query.Where(pair => pair.Key.StartsWith("filter[entity_id]", StringComparison.Ordinal)).SelectMany(pair => pair.Value)
            .SelectMany(value => (value ?? "").Split(',')).Select(text => long.TryParse(text, CultureInfo.InvariantCulture, out var id) ? id : -1).Distinct().ToList();
        return ids.Count == 0 ? Problem.BadRequest("filter[entity_id] is required.") : Of(call, kind, ids);
    }

    public static Answer Link(ApiCall call, EntityKind kind, bool isLinked)
    {
        if (EntityWrites.Elements(call.Body) is not { } elements)
        {
            return Problem.EmptyBody;
        }

        if (call.State.Find(kind, call.RouteId) is not { IsDeleted: false } row)
        {
            return Problem.NotFound;
        }

        foreach (var element in elements)
        {
            if (row is Lead lead && ToElement(element))
            {
                if (!LinkElement(call, lead.Id, element, isLinked))
                {
                    return Problem.Validation([new RefusedElement("0", [FieldError.NotSupportedChoice("to_entity_id")])]);
                }

                continue;
            }

            var other = element.TryGetProperty("to_entity_type", out var type) ? EntityKinds.Parse(type.ToString()) : null;
            if (other is not { } otherKind || !element.TryGetProperty("to_entity_id", out var sent) || !sent.TryGetInt64(out var id) || call.State.Find(otherKind, id) is not { IsDeleted: false } linked)
            {
                return Problem.Validation([new RefusedElement("0", [FieldError.NotSupportedChoice("to_entity_id")])]);
            }

            // The link is kept on the lead's side, or on the person's.
            var (owner, owned) = Rank(row.Kind) <= Rank(linked.Kind) ? (row, linked) : (linked, row);
            Change(call, owner, owned, isLinked);
        }

        return isLinked ? Of(call, kind, [call.RouteId]) : Answer.NoContent;
    }

    private static bool ToElement(JsonElement sent) => sent.TryGetProperty("to_entity_type", out var type) && type.ToString() == "catalog_elements";

    /// <summary>Links an element of a list to a lead, or replaces its quantity; false where the account has no such element.</summary>
    private static bool LinkElement(ApiCall call, long leadId, JsonElement sent, bool isLinked)
    {
        var metadata = sent.TryGetProperty("metadata", out var given) && given.ValueKind == JsonValueKind.Object ? given : default;
        long? Number(JsonElement from, string name) =>
            from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value) && value.TryGetInt64(out var number) ? number : null;
        if (Number(sent, "to_entity_id") is not { } id || call.State.Element(id) is not { IsDeleted: false } element || Number(metadata, "catalog_id") != element.CatalogId)
        {
            return false;
        }

        var quantity = metadata.TryGetProperty("quantity", out var many) && many.TryGetDecimal(out var sum) ? sum : 1;
        var copy = (Lead)call.State.Find(EntityKind.Leads, leadId)!.Copy();
        var others = copy.Elements.Where(linked => linked.ElementId != id);
        copy.Elements = isLinked ? [.. others, new LinkedElement(element.CatalogId, id, quantity, Number(metadata, "price_id"))] : [.. others];
        copy.UpdatedAt = call.State.Clock.Seconds;
        copy.UpdatedBy = call.User.Id;
        EntitySaving.Save(call.State, copy);
        return true;
    }

    private static int Rank(EntityKind kind) => kind switch { EntityKind.Leads => 0, EntityKind.Contacts => 1, _ => 2 };

    private static void Change(ApiCall call, CrmEntity owner, CrmEntity linked, bool isLinked)
    {
        var copy = call.State.Find(owner.Kind, owner.Id)!.Copy();
        switch (copy)
        {
            case Lead lead when linked is Company:
                lead.CompanyId = isLinked ? linked.Id : null;
                break;
            case Lead lead when linked is Contact:
                lead.ContactIds = isLinked ? [.. lead.ContactIds.Union([linked.Id])] : [.. lead.ContactIds.Where(id => id != linked.Id)];
                break;
            case Contact contact when linked is Company:
                contact.CompanyId = isLinked ? linked.Id : null;
                break;
        }

        copy.UpdatedAt = call.State.Clock.Seconds;
        copy.UpdatedBy = call.User.Id;
        EntitySaving.Save(call.State, copy);
    }

    private static Answer Of(ApiCall call, EntityKind kind, IReadOnlyList<long> ids)
    {
        var links = ids.Select(id => call.State.Find(kind, id)).OfType<CrmEntity>().Where(row => !row.IsDeleted && call.State.MaySee(call.User, row))
            .SelectMany(row => LinksOf(call.State, row), (row, link) => (Row: row, link.Kind, link.Id, link.IsMain)).ToList();
        var elements = ids.Select(id => call.State.Find(kind, id)).OfType<Lead>().Where(lead => !lead.IsDeleted && call.State.MaySee(call.User, lead))
            .SelectMany(lead => lead.Elements, (lead, linked) => (Lead: lead, Linked: linked)).ToList();
        return links.Count + elements.Count == 0 ? Answer.NoContent : Answer.Hal(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("_total_items", links.Count + elements.Count);
            ListLinks.Self(json, call, call.Path);
            json.WriteStartObject("_embedded");
            json.WriteStartArray("links");
            links.ForEach(link => Write(json, link.Row, link.Kind, link.Id, link.IsMain));
            elements.ForEach(link => Write(json, link.Lead, link.Linked));
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private static (EntityKind Kind, long Id, bool? IsMain)[] LinksOf(SandboxState state, CrmEntity row) => row switch
    {
        Lead lead => [.. Company(lead.CompanyId), .. lead.ContactIds.Select((id, place) => (EntityKind.Contacts, id, (bool?)(place == 0)))],
        Contact contact => Company(contact.CompanyId),
        _ =>
        [
            .. state.ContactsOfCompany(row.Id).Select(contact => (EntityKind.Contacts, contact.Id, (bool?)false)),
            .. state.LeadsOfCompany(row.Id).Select(lead => (EntityKind.Leads, lead.Id, (bool?)null)),
        ],
    };

    private static (EntityKind, long, bool?)[] Company(long? id) => id is { } company ? [(EntityKind.Companies, company, null)] : [];

    private static void Write(Utf8JsonWriter json, Lead lead, LinkedElement linked)
    {
        json.WriteStartObject();
        json.WriteNumber("entity_id", lead.Id);
        json.WriteString("entity_type", EntityKind.Leads.Plural());
        json.WriteNumber("to_entity_id", linked.ElementId);
        json.WriteString("to_entity_type", "catalog_elements");
        CatalogsAnswer.WriteMetadata(json, linked);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, CrmEntity row, EntityKind kind, long id, bool? isMain)
    {
        json.WriteStartObject();
        json.WriteNumber("entity_id", row.Id);
        json.WriteString("entity_type", row.Kind.Plural());
        json.WriteNumber("to_entity_id", id);
        json.WriteString("to_entity_type", kind.Plural());
        if (isMain is { } main)
        {
            json.WriteStartObject("metadata");
            json.WriteBoolean("main_contact", main);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("metadata");
        }

        json.WriteEndObject();
    }
}
