using System.Globalization;
using System.Text.Json;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Cards;

/// <summary>What a card shows, as JSON for the page's script. Names are data: the script puts them in as text.</summary>
internal static class CardModel
{
    private const int Neighbours = 5;
    private const int LatestEvents = 8;

    public static void Write(Utf8JsonWriter json, SandboxState state, CrmEntity entity)
    {
        json.WriteStartObject();
        WriteReference(json, entity);
        WriteLabels(json, state, entity);
        WriteGroup(json, "linked", Linked(state, entity));
        WriteDeals(json, state, entity);
        WriteGroup(json, "neighbours", NeighboursOf(state, entity));
        WriteFeed(json, state, entity);
        json.WriteEndObject();
    }

    private static void WriteReference(Utf8JsonWriter json, CrmEntity entity)
    {
        json.WriteString("entity", entity.Kind.Plural());
        json.WriteNumber("id", entity.Id);
        json.WriteString("name", entity.Name);
    }

    /// <summary>Deals that a user may win, lose or take up again here: the card's own, or the latest open ones of a company or a person.</summary>
    private static void WriteDeals(Utf8JsonWriter json, SandboxState state, CrmEntity entity)
    {
        IEnumerable<Lead> deals = entity switch
        {
            Lead lead => [lead],
            Contact contact => state.LeadsOfContact(contact.Id).Where(IsOpen).TakeLast(Neighbours),
            _ => state.LeadsOfCompany(entity.Id).Where(IsOpen).TakeLast(Neighbours),
        };
        json.WriteStartArray("deals");
        foreach (var deal in deals)
        {
            json.WriteStartObject();
            WriteReference(json, deal);
            json.WriteString("price", Money(state, deal.Price));
            json.WriteBoolean("isOpen", IsOpen(deal));
            json.WriteNumber("pipelineId", deal.PipelineId);
            json.WriteNumber("firstStageId", state.Pipeline(deal.PipelineId)?.Stages.FirstOrDefault(stage => stage.Type == 0)?.Id ?? deal.StatusId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static bool IsOpen(Lead lead) => lead.StatusId is not (Lead.Won or Lead.Lost);

    private static string Money(SandboxState state, decimal sum) => sum.ToString("#,0.##", CultureInfo.GetCultureInfo("ru-RU")) + " " + state.Account.CurrencySymbol;

    private static void WriteGroup(Utf8JsonWriter json, string name, IEnumerable<CrmEntity> entities)
    {
        json.WriteStartArray(name);
        foreach (var entity in entities)
        {
            json.WriteStartObject();
            WriteReference(json, entity);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLabels(Utf8JsonWriter json, SandboxState state, CrmEntity entity)
    {
        json.WriteStartArray("fields");
        WriteLabel(json, "Ответственный", state.User(entity.ResponsibleUserId)?.Name);
        if (entity is Lead lead)
        {
            WriteLabel(json, "Бюджет", Money(state, lead.Price));
            WriteLabel(json, "Воронка", state.Pipeline(lead.PipelineId)?.Name);
            WriteLabel(json, "Этап", state.Pipeline(lead.PipelineId)?.Stages.FirstOrDefault(stage => stage.Id == lead.StatusId)?.Name);
        }

        foreach (var held in entity.Fields)
        {
            if (state.Field(held.FieldId) is { } field)
            {
                WriteLabel(json, field.Name, string.Join(", ", held.Values.Select(value => Text(state, field, value))));
            }
        }

        json.WriteEndArray();
    }

    private static string Text(SandboxState state, CustomField field, StoredValue value)
    {
        if (field.Type is not ("date" or "date_time" or "birthday") || !long.TryParse(value.Text, CultureInfo.InvariantCulture, out var seconds))
        {
            return value.Text;
        }

        var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(seconds), state.Account.TimeZone);
        return local.ToString(field.Type == "date_time" ? "dd.MM.yyyy HH:mm" : "dd.MM.yyyy", CultureInfo.InvariantCulture);
    }

    private static void WriteLabel(Utf8JsonWriter json, string label, string? value)
    {
        json.WriteStartObject();
        json.WriteString("label", label);
        json.WriteString("value", value ?? "…");
        json.WriteEndObject();
    }

    private static IEnumerable<CrmEntity> Linked(SandboxState state, CrmEntity entity) => entity switch
    {
        Lead lead => Known([lead.CompanyId is { } id ? state.Companies.Find(id) : null, .. lead.ContactIds.Select(state.Contacts.Find)]),
        Contact contact => Known([contact.CompanyId is { } id ? state.Companies.Find(id) : null, .. state.LeadsOfContact(contact.Id).TakeLast(Neighbours)]),
        _ => [.. state.ContactsOfCompany(entity.Id).Take(Neighbours), .. state.LeadsOfCompany(entity.Id).TakeLast(Neighbours)],
    };

    private static IEnumerable<CrmEntity> Known(IEnumerable<CrmEntity?> entities) => entities.OfType<CrmEntity>();

    private static IEnumerable<CrmEntity> NeighboursOf(SandboxState state, CrmEntity entity) => Known(
        Enumerable.Range(-2, Neighbours).Where(step => step != 0).Select(step => state.Find(entity.Kind, entity.Id + step)).Where(other => other is { IsDeleted: false }));

    private static void WriteFeed(Utf8JsonWriter json, SandboxState state, CrmEntity entity)
    {
        json.WriteStartArray("feed");
        WriteFeedLine(json, entity.CreatedAt, "Создано", state.User(entity.CreatedBy)?.Name);
        if (entity is Lead { ClosedAt: { } closed } lead)
        {
            WriteFeedLine(json, closed, lead.StatusId == Lead.Won ? "Успешно реализовано" : "Закрыто и не реализовано", state.User(lead.UpdatedBy)?.Name);
        }

        foreach (var purchase in entity is Company ? state.LeadsOfCompany(entity.Id).Where(won => won.StatusId == Lead.Won).TakeLast(LatestEvents) : [])
        {
            WriteFeedLine(json, purchase.ClosedAt ?? purchase.UpdatedAt, $"Сделка «{purchase.Name}» успешно реализована", state.User(purchase.UpdatedBy)?.Name);
        }

        json.WriteEndArray();
    }

    private static void WriteFeedLine(Utf8JsonWriter json, long at, string what, string? who)
    {
        json.WriteStartObject();
        json.WriteNumber("at", at);
        json.WriteString("what", what);
        json.WriteString("who", who ?? "Робот");
        json.WriteEndObject();
    }
}
