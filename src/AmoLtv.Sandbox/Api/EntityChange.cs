using System.Globalization;
using System.Text.Json;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>Applies a JSON object to a copy of an entity; errors are collected with their paths, and a copy with errors is thrown away.</summary>
internal sealed class EntityChange(SandboxState state, CrmUser user, int? numericDecimals)
{
    private readonly List<FieldError> _errors = [];

    public IReadOnlyList<FieldError> Errors => _errors;

    /// <param name="entity">A copy that may be changed.</param>
    public void Apply(CrmEntity entity, JsonElement sent)
    {
        var now = state.Clock.Seconds;
        entity.UpdatedAt = now;
        entity.UpdatedBy = user.Id;
        foreach (var property in sent.EnumerateObject())
        {
            Shared(entity, property.Name, property.Value);
            switch (entity)
            {
                case Lead lead:
                    LeadProperty(lead, property.Name, property.Value);
                    break;
                case Contact contact:
                    ContactProperty(contact, property.Name, property.Value);
                    break;
            }
        }

        if (entity is Lead changed)
        {
            CheckStage(changed);
        }
    }

    private void Shared(CrmEntity entity, string name, JsonElement value)
    {
        switch (name)
        {
            case "name":
                entity.Name = Text(name, value) ?? entity.Name;
                break;
            case "responsible_user_id" when Whole(name, value) is { } id:
                entity.ResponsibleUserId = KnownUser(name, id, allowRobot: false);
                break;
            case "created_by" when Whole(name, value) is { } id:
                entity.CreatedBy = KnownUser(name, id, allowRobot: true);
                break;
            case "updated_by" when Whole(name, value) is { } id:
                entity.UpdatedBy = KnownUser(name, id, allowRobot: true);
                break;
            case "created_at":
                entity.CreatedAt = Whole(name, value) ?? entity.CreatedAt;
                break;
            case "updated_at":
                entity.UpdatedAt = Whole(name, value) ?? entity.UpdatedAt;
                break;
            case "custom_fields_values" when value.ValueKind != JsonValueKind.Null:
                FieldValues(entity, value);
                break;
            case "_embedded":
                Links(entity, value);
                break;
        }
    }

    private void LeadProperty(Lead lead, string name, JsonElement value)
    {
        switch (name)
        {
            case "price":
                lead.Price = Price(value) ?? lead.Price;
                break;
            case "pipeline_id":
                lead.PipelineId = Whole(name, value) ?? lead.PipelineId;
                break;
            case "status_id" when Whole(name, value) is { } status:
                Move(lead, status);
                break;
            case "closed_at":
                lead.ClosedAt = value.ValueKind == JsonValueKind.Null ? null : Whole(name, value) ?? lead.ClosedAt;
                break;
            case "loss_reason_id":
                lead.LossReasonId = value.ValueKind == JsonValueKind.Null ? null : KnownLossReason(Whole(name, value));
                break;
        }
    }

    private void ContactProperty(Contact contact, string name, JsonElement value)
    {
        switch (name)
        {
            case "first_name":
                contact.FirstName = Text(name, value) ?? contact.FirstName;
                break;
            case "last_name":
                contact.LastName = Text(name, value) ?? contact.LastName;
                break;
        }
    }

    private void Move(Lead lead, long status)
    {
        var isClosed = status is Lead.Won or Lead.Lost;
        var wasClosed = lead.StatusId is Lead.Won or Lead.Lost;
        lead.StatusId = status;
        lead.ClosedAt = !isClosed ? null : wasClosed ? lead.ClosedAt ?? state.Clock.Seconds : state.Clock.Seconds;
        if (status != Lead.Lost)
        {
            lead.LossReasonId = null;
        }
    }

    private void CheckStage(Lead lead)
    {
        var pipeline = state.Pipeline(lead.PipelineId);
        if (pipeline is null)
        {
            _errors.Add(FieldError.NotSupportedChoice("pipeline_id"));
        }
        else if (!Array.Exists(pipeline.Stages, stage => stage.Id == lead.StatusId))
        {
            _errors.Add(FieldError.NotSupportedChoice("status_id"));
        }
    }

    private void FieldValues(CrmEntity entity, JsonElement sent)
    {
        if (sent.ValueKind != JsonValueKind.Array)
        {
            _errors.Add(FieldError.InvalidType("custom_fields_values", "array"));
            return;
        }

        var place = 0;
        var reader = new FieldValueReader(state.Account, numericDecimals, _errors);
        foreach (var item in sent.EnumerateArray())
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"custom_fields_values.{place++}");
            if (KnownField(entity.Kind, item) is not { } field)
            {
                _errors.Add(FieldError.NotSupportedChoice(path + ".field_id"));
            }
            else if (!item.TryGetProperty("values", out var values))
            {
                _errors.Add(FieldError.Missing(path + ".values"));
            }
            else if (reader.Read(field, values, path + ".values") is { } read)
            {
                entity.SetField(field.Id, read);
            }
        }
    }

    private CustomField? KnownField(EntityKind kind, JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (item.TryGetProperty("field_id", out var id) && id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out var number))
        {
            return state.FieldsOf(kind).FirstOrDefault(field => field.Id == number);
        }

        return item.TryGetProperty("field_code", out var code) && code.ValueKind == JsonValueKind.String
            ? state.FieldsOf(kind).FirstOrDefault(field => field.Code == code.GetString())
            : null;
    }

    private void Links(CrmEntity entity, JsonElement embedded)
    {
        if (embedded.ValueKind != JsonValueKind.Object)
        {
            _errors.Add(FieldError.InvalidType("_embedded", "object"));
            return;
        }

        if (embedded.TryGetProperty("companies", out var companies))
        {
            var id = Ids(companies, "companies", companyId => state.Companies.Find(companyId) is not null).Cast<long?>().FirstOrDefault();
            switch (entity)
            {
                case Lead lead:
                    lead.CompanyId = id;
                    break;
                case Contact contact:
                    contact.CompanyId = id;
                    break;
            }
        }

        if (embedded.TryGetProperty("contacts", out var contacts) && entity is Lead owner)
        {
            owner.ContactIds = Ids(contacts, "contacts", contactId => state.Contacts.Find(contactId) is not null);
        }

        if (embedded.TryGetProperty("tags", out var tags))
        {
            entity.TagIds = Ids(tags, "tags", tagId => state.Tags.Exists(tag => tag.Id == tagId));
        }
    }

    /// <summary>Ids in their order, the one marked <c>is_main</c> first.</summary>
    private long[] Ids(JsonElement items, string name, Func<long, bool> isKnown)
    {
        var ids = new List<(long Id, bool IsMain)>();
        foreach (var item in items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : default)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"_embedded.{name}.{ids.Count}.id");
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("id", out var id) || Whole(path, id) is not { } number || !isKnown(number))
            {
                _errors.Add(FieldError.NotSupportedChoice(path));
                return [];
            }

            ids.Add((number, item.TryGetProperty("is_main", out var main) && main.ValueKind == JsonValueKind.True));
        }

        return [.. ids.OrderByDescending(id => id.IsMain).Select(id => id.Id)];
    }

    private decimal? Price(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDecimal(out var price) || price < 0
            || (state.Account.Brand == Brand.Amocrm && price != decimal.Truncate(price)))
        {
            _errors.Add(FieldError.InvalidType("price", state.Account.Brand == Brand.Amocrm ? "int" : "float"));
            return null;
        }

        return Math.Round(price, 2, MidpointRounding.AwayFromZero);
    }

    private long KnownUser(string path, long id, bool allowRobot)
    {
        if (state.User(id) is null && !(allowRobot && id == 0))
        {
            _errors.Add(FieldError.NotSupportedChoice(path));
        }

        return id;
    }

    private long? KnownLossReason(long? id)
    {
        if (id is not null && !state.LossReasons.Exists(reason => reason.Id == id))
        {
            _errors.Add(FieldError.NotSupportedChoice("loss_reason_id"));
        }

        return id;
    }

    private long? Whole(string path, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number))
        {
            return number;
        }

        _errors.Add(FieldError.InvalidType(path, "int"));
        return null;
    }

    private string? Text(string path, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        _errors.Add(FieldError.InvalidType(path, "string"));
        return null;
    }
}
