using System.Text.Json;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;

namespace AmoLtv.AmoCrm.Events;

/// <summary>Reads events of any type. The values before and after are not read: those of deletions, restores and merges are empty.</summary>
internal static class ChangeEventJson
{
    /// <exception cref="FormatException">The type, the card's number or the time is missing.</exception>
    public static ChangeEvent Read(JsonElement row) => new(
        Json.Text(row, "type") ?? throw new FormatException("type is missing"),
        Entity(Json.Text(row, "entity_type")),
        Json.Integer(row, "entity_id") ?? throw new FormatException("entity_id is missing"),
        Json.Time(row, "created_at") ?? throw new FormatException("created_at is missing"));

    /// <summary>The CRM's singular and plural words.</summary>
    private static EntityType? Entity(string? word) => word switch
    {
        "lead" or "leads" => EntityType.Lead,
        "company" or "companies" => EntityType.Company,
        "contact" or "contacts" => EntityType.Contact,
        _ => null,
    };
}
