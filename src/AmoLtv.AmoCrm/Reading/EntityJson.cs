using System.Text.Json;
using AmoLtv.AmoCrm.Entities;
using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Reading;

/// <summary>
/// Reads leads, companies and contacts. Required: <c>id</c> and, unless the row is in the trash, <c>created_at</c>, and for a lead
/// <c>pipeline_id</c> and <c>status_id</c>; a row without them is unreadable. <c>updated_at</c> falls back to <c>created_at</c>.
/// Everything else may be missing and is then null or empty, as is an amount nobody can have meant. Rows in the trash are almost all null and read with what they have.
/// </summary>
internal static class EntityJson
{
    /// <summary>Larger amounts are slips of the keyboard and have no room in the database's sums.</summary>
    private const decimal MaxPrice = 1_000_000_000_000_000m;

    /// <exception cref="FormatException">A required property is missing; the message names it.</exception>
    public static CrmLead Lead(JsonElement row, IReadOnlySet<FieldId> wanted)
    {
        var (isDeleted, created, updated) = Times(row);
        var pipeline = Json.Integer(row, "pipeline_id");
        var status = Json.Integer(row, "status_id");
        var (price, doubt) = Price(row);
        return new CrmLead(
            new LeadId(Id(row)),
            new PipelineId(isDeleted ? pipeline ?? 0 : Required(pipeline, "pipeline_id")),
            new StatusId(isDeleted ? status ?? 0 : Required(status, "status_id")),
            price,
            EmbeddedCompany(row),
            MainContact(row),
            Responsible(row),
            Json.Integer(row, "loss_reason_id") is { } reason and > 0 ? reason : null,
            created,
            updated,
            Json.Time(row, "closed_at"),
            isDeleted,
            FieldText.Read(row, wanted),
            Tags(row),
            Source(row))
        {
            Doubt = doubt,
            Products = CatalogJson.OfLead(row),
        };
    }

    /// <exception cref="FormatException">A required property is missing; the message names it.</exception>
    public static CrmCompany Company(JsonElement row, IReadOnlySet<FieldId> wanted)
    {
        var (isDeleted, created, updated) = Times(row);
        return new CrmCompany(
            new CompanyId(Id(row)), Json.Text(row, "name") ?? "", Responsible(row), created, updated, isDeleted, FieldText.Read(row, wanted));
    }

    /// <exception cref="FormatException">A required property is missing; the message names it.</exception>
    public static CrmContact Contact(JsonElement row, IReadOnlySet<FieldId> wanted)
    {
        var (isDeleted, created, updated) = Times(row);
        return new CrmContact(
            new ContactId(Id(row)), EmbeddedCompany(row), Responsible(row), created, updated, isDeleted, FieldText.Read(row, wanted));
    }

    /// <summary>Minor units exist only in Kommo, beside the whole <c>price</c>; where both are given the finer one is right.</summary>
    private static (decimal? Price, string? Doubt) Price(JsonElement row)
    {
        var name = Json.Property(row, "price_with_minor_units") is null ? "price" : "price_with_minor_units";
        if (Json.Property(row, name) is null)
        {
            return (null, null);
        }

        return Json.Decimal(row, name) is { } price && Math.Abs(price) < MaxPrice ? (price, null) : (null, name + " is not an amount");
    }

    private static CompanyId? EmbeddedCompany(JsonElement row)
    {
        foreach (var company in Json.List(row, "_embedded", "companies"))
        {
            if (Json.Integer(company, "id") is { } id)
            {
                return new CompanyId(id);
            }
        }

        return null;
    }

    private static ContactId? MainContact(JsonElement row)
    {
        ContactId? first = null;
        foreach (var contact in Json.List(row, "_embedded", "contacts"))
        {
            if (Json.Integer(contact, "id") is not { } id)
            {
                continue;
            }

            if (Json.IsTrue(contact, "is_main"))
            {
                return new ContactId(id);
            }

            first ??= new ContactId(id);
        }

        return first;
    }

    private static List<string> Tags(JsonElement row) =>
        [.. Json.List(row, "_embedded", "tags").Select(tag => Json.Text(tag, "name")).OfType<string>()];

    private static string? Source(JsonElement row) =>
        Json.Property(Json.Property(row, "_embedded"), "source") is { } source ? Json.Text(source, "name") : null;

    private static UserId? Responsible(JsonElement row) => Json.Integer(row, "responsible_user_id") is { } id ? new UserId(id) : null;

    private static (bool IsDeleted, DateTimeOffset Created, DateTimeOffset Updated) Times(JsonElement row)
    {
        var isDeleted = Json.IsTrue(row, "is_deleted");
        var updated = Json.Time(row, "updated_at");
        var created = Json.Time(row, "created_at") ?? (isDeleted ? updated ?? DateTimeOffset.UnixEpoch : throw new FormatException("created_at is missing"));
        return (isDeleted, created, updated ?? created);
    }

    private static long Id(JsonElement row) => Required(Json.Integer(row, "id"), "id");

    private static long Required(long? value, string name) => value ?? throw new FormatException(name + " is missing");
}
