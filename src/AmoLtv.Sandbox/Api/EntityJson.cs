using System.Globalization;
using System.Text.Json;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>Writes leads, companies and contacts as the CRM shows them.</summary>
internal sealed class EntityJson(Utf8JsonWriter json, ApiCall call)
{
    private readonly FieldValueJson _fields = new(json, call.State);

    public void Write(CrmEntity entity)
    {
        if (entity is Lead { IsDeleted: true } gone)
        {
            WriteDeleted(gone);
            return;
        }

        json.WriteStartObject();
        json.WriteNumber("id", entity.Id);
        json.WriteString("name", entity.Name);
        WriteOwn(entity);
        _fields.Write(entity);
        json.WriteNumber("account_id", call.State.Account.Id);
        ListLinks.Self(json, call, Address(entity));
        WriteEmbedded(entity);
        json.WriteEndObject();
    }

    public static string Address(CrmEntity entity) => Address(entity.Kind, entity.Id);

    private static string Address(EntityKind kind, long id) => string.Create(CultureInfo.InvariantCulture, $"/api/v4/{kind.Plural()}/{id}");

    private void WriteOwn(CrmEntity entity)
    {
        switch (entity)
        {
            case Lead lead:
                WriteLead(lead);
                break;
            case Contact contact:
                json.WriteString("first_name", contact.FirstName);
                json.WriteString("last_name", contact.LastName);
                WriteShared(contact);
                json.WriteBoolean("is_unsorted", false);
                break;
            default:
                WriteShared(entity);
                break;
        }
    }

    private void WriteShared(CrmEntity entity)
    {
        json.WriteNumber("responsible_user_id", entity.ResponsibleUserId);
        json.WriteNumber("group_id", 0);
        json.WriteNumber("created_by", entity.CreatedBy);
        json.WriteNumber("updated_by", entity.UpdatedBy);
        json.WriteNumber("created_at", entity.CreatedAt);
        json.WriteNumber("updated_at", entity.UpdatedAt);
        json.WriteNull("closest_task_at");
        json.WriteBoolean("is_deleted", entity.IsDeleted);
    }

    private void WriteLead(Lead lead)
    {
        // Kommo's integer price is the whole part; the exact sum stands beside it.
        json.WriteNumber("price", decimal.Truncate(lead.Price));
        if (call.State.Account.Brand == Brand.Kommo)
        {
            json.WriteNumber("price_with_minor_units", lead.Price);
        }

        WriteShared(lead);
        json.WriteNumber("status_id", lead.StatusId);
        json.WriteNumber("pipeline_id", lead.PipelineId);
        WriteNullable("loss_reason_id", lead.LossReasonId);
        WriteNullable("closed_at", lead.ClosedAt);
        json.WriteNull("score");
        json.WriteNull("labor_cost");
        if (call.With.Contains("source_id"))
        {
            WriteNullable("source_id", lead.SourceId);
        }

        if (call.With.Contains("is_price_modified_by_robot"))
        {
            json.WriteBoolean("is_price_modified_by_robot", false);
        }
    }

    private void WriteEmbedded(CrmEntity entity)
    {
        json.WriteStartObject("_embedded");
        WriteTags(entity);
        switch (entity)
        {
            case Lead lead:
                WriteLeadLinks(lead);
                break;
            case Company company:
                WriteIds("leads", EntityKind.Leads, () => call.State.LeadsOfCompany(company.Id).Select(lead => lead.Id));
                WriteIds("contacts", EntityKind.Contacts, () => call.State.ContactsOfCompany(company.Id).Select(contact => contact.Id));
                break;
            case Contact contact:
                WriteCompany(contact.CompanyId);
                WriteIds("leads", EntityKind.Leads, () => call.State.LeadsOfContact(contact.Id).Select(lead => lead.Id));
                break;
        }

        json.WriteEndObject();
    }

    private void WriteLeadLinks(Lead lead)
    {
        WriteCompany(lead.CompanyId);
        if (call.With.Contains("contacts"))
        {
            WriteContacts(lead);
        }

        if (call.With.Contains("loss_reason"))
        {
            WriteLossReason(lead);
        }

        if (call.With.Contains("source") && call.State.Sources.Find(source => source.Id == lead.SourceId) is { } source)
        {
            json.WriteStartObject("source");
            json.WriteNumber("id", source.Id);
            json.WriteString("name", source.Name);
            json.WriteEndObject();
        }

        if (call.With.Contains("catalog_elements"))
        {
            json.WriteStartArray("catalog_elements");
            Array.ForEach(lead.Elements, element => CatalogsAnswer.WriteLinked(json, call, element));
            json.WriteEndArray();
        }
    }

    private void WriteContacts(Lead lead)
    {
        json.WriteStartArray("contacts");
        var isMain = true;
        foreach (var id in lead.ContactIds.Where(id => IsShown(call.State.Contacts.Find(id))))
        {
            WriteLink(EntityKind.Contacts, id, isMain);
            isMain = false;
        }

        json.WriteEndArray();
    }

    private void WriteLossReason(Lead lead)
    {
        json.WriteStartArray("loss_reason");
        if (call.State.LossReasons.Find(reason => reason.Id == lead.LossReasonId) is { } reason)
        {
            LossReasonsAnswer.Write(json, reason, call);
        }

        json.WriteEndArray();
    }

    private void WriteTags(CrmEntity entity)
    {
        json.WriteStartArray("tags");
        foreach (var id in entity.TagIds)
        {
            json.WriteStartObject();
            json.WriteNumber("id", id);
            json.WriteString("name", call.State.Tags.Find(tag => tag.Id == id)?.Name);
            json.WriteNull("color");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteCompany(long? companyId)
    {
        json.WriteStartArray("companies");
        if (companyId is { } id && IsShown(call.State.Companies.Find(id)))
        {
            WriteLink(EntityKind.Companies, id);
        }

        json.WriteEndArray();
    }

    private bool IsShown(CrmEntity? linked) => !call.Options.HidesTrashedLinks || linked is not { IsDeleted: true };

    private void WriteIds(string with, EntityKind kind, Func<IEnumerable<long>> ids)
    {
        if (!call.With.Contains(with))
        {
            return;
        }

        json.WriteStartArray(with);
        foreach (var id in ids())
        {
            WriteLink(kind, id);
        }

        json.WriteEndArray();
    }

    private void WriteLink(EntityKind kind, long id, bool? isMain = null)
    {
        json.WriteStartObject();
        json.WriteNumber("id", id);
        if (isMain is { } main)
        {
            json.WriteBoolean("is_main", main);
        }

        ListLinks.Self(json, call, Address(kind, id));
        json.WriteEndObject();
    }

    /// <summary>A lead in the trash says who and when, and null for everything else.</summary>
    private void WriteDeleted(Lead lead)
    {
        json.WriteStartObject();
        json.WriteNumber("id", lead.Id);
        foreach (var name in (ReadOnlySpan<string>)["name", "price", "responsible_user_id", "group_id", "status_id", "pipeline_id", "loss_reason_id", "created_by", "created_at", "closed_at", "closest_task_at", "custom_fields_values", "score", "account_id", "labor_cost"])
        {
            json.WriteNull(name);
        }

        json.WriteNumber("updated_by", lead.UpdatedBy);
        json.WriteNumber("updated_at", lead.UpdatedAt);
        json.WriteBoolean("is_deleted", true);
        ListLinks.Self(json, call, Address(lead));
        json.WriteStartObject("_embedded");
        json.WriteStartArray("tags");
        json.WriteEndArray();
        json.WriteStartArray("companies");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteNullable(string name, long? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
