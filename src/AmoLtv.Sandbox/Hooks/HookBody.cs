using System.Globalization;
using System.Text.Json;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Hooks;

/// <summary>Bodies of hooks with the old names of version 2. Companies stand under <c>contacts</c> too, told apart by <c>type</c>.</summary>
internal sealed class HookBody(SandboxState state, string accountAddress)
{
    /// <summary>One request for all changes of one action on one entity.</summary>
    public byte[] Of(string action, EntityKind kind, IReadOnlyList<HookChange> changes)
    {
        var form = new HookForm();
        var root = kind == EntityKind.Leads ? "leads" : "contacts";
        // Responsible changes of contacts and companies come as updates; leads have a word of their own.
        var key = action == "responsible" && kind != EntityKind.Leads ? "update" : action;
        for (var place = 0; place < changes.Count; place++)
        {
            Write(form, string.Create(CultureInfo.InvariantCulture, $"{root}[{key}][{place}]"), action, changes[place]);
        }

        Account(form);
        return form.ToBytes();
    }

    /// <summary>The account's block, which ends every body.</summary>
    public void Account(HookForm form)
    {
        form.Add("account[subdomain]", state.Account.Subdomain);
        form.Add("account[id]", state.Account.Id);
        form.Add("account[_links][self]", accountAddress);
    }

    private void Write(HookForm form, string at, string action, HookChange change)
    {
        form.Add(at + "[id]", change.After.Id);
        switch (change.After)
        {
            case Lead lead when action == "delete":
                form.Add(at + "[status_id]", lead.StatusId);
                form.Add(at + "[pipeline_id]", lead.PipelineId);
                return;
            case Company or Contact when action == "delete":
                form.Add(at + "[type]", change.After.Kind.Singular());
                return;
            case Lead lead:
                Lead(form, at, lead, change.Before as Lead);
                break;
            default:
                Card(form, at, change.After);
                break;
        }

        Shared(form, at, change);
    }

    private void Lead(HookForm form, string at, Lead lead, Lead? before)
    {
        form.Add(at + "[name]", lead.Name);
        form.Add(at + "[status_id]", lead.StatusId);
        form.Add(at + "[price]", decimal.Truncate(lead.Price).ToString(CultureInfo.InvariantCulture));
        if (state.Account.Brand == Brand.Kommo)
        {
            form.Add(at + "[price_with_minor_units]", lead.Price.ToString(CultureInfo.InvariantCulture));
        }

        form.Add(at + "[pipeline_id]", lead.PipelineId);
        if (before is not null && (before.PipelineId, before.StatusId) != (lead.PipelineId, lead.StatusId))
        {
            form.Add(at + "[old_status_id]", before.StatusId);
            form.Add(at + "[old_pipeline_id]", before.PipelineId);
        }
    }

    private void Card(HookForm form, string at, CrmEntity card)
    {
        form.Add(at + "[name]", card.Name);
        form.Add(at + "[type]", card.Kind.Singular());
        if (card is Contact { CompanyId: { } companyId })
        {
            form.Add(at + "[company_name]", state.Companies.Find(companyId)?.Name ?? "");
            form.Add(at + "[linked_company_id]", companyId);
        }

        foreach (var lead in card is Contact ? state.LeadsOfContact(card.Id) : state.LeadsOfCompany(card.Id))
        {
            form.Add(string.Create(CultureInfo.InvariantCulture, $"{at}[linked_leads_id][{lead.Id}][ID]"), lead.Id);
        }
    }

    private void Shared(HookForm form, string at, HookChange change)
    {
        var row = change.After;
        form.Add(at + "[responsible_user_id]", row.ResponsibleUserId);
        if (change.Before is { } before && before.ResponsibleUserId != row.ResponsibleUserId)
        {
            form.Add(at + "[old_responsible_user_id]", before.ResponsibleUserId);
        }

        form.Add(at + "[date_create]", row.CreatedAt);
        form.Add(at + "[last_modified]", row.UpdatedAt);
        form.Add(at + "[created_user_id]", row.CreatedBy);
        form.Add(at + "[modified_user_id]", row.UpdatedBy);
        form.Add(at + "[account_id]", state.Account.Id);
        var place = 0;
        foreach (var held in row.Fields)
        {
            if (state.Field(held.FieldId) is { } field)
            {
                Field(form, string.Create(CultureInfo.InvariantCulture, $"{at}[custom_fields][{place++}]"), field, held);
            }
        }

        Tags(form, at, row);
        form.Add(at + "[created_at]", row.CreatedAt);
        form.Add(at + "[updated_at]", row.UpdatedAt);
    }

    private void Tags(HookForm form, string at, CrmEntity row)
    {
        for (var place = 0; place < row.TagIds.Length; place++)
        {
            var tag = string.Create(CultureInfo.InvariantCulture, $"{at}[tags][{place}]");
            form.Add(tag + "[id]", row.TagIds[place]);
            form.Add(tag + "[name]", state.Tags.Find(known => known.Id == row.TagIds[place])?.Name ?? "");
        }
    }

    /// <summary>Dates come as a list of scalars, a radio button as one object, the rest as a list of objects.</summary>
    private static void Field(HookForm form, string at, CustomField field, FieldValue held)
    {
        form.Add(at + "[id]", field.Id);
        form.Add(at + "[name]", field.Name);
        if (field.Code is { } code)
        {
            form.Add(at + "[code]", code);
        }

        for (var place = 0; place < held.Values.Length; place++)
        {
            var index = field.Type == "radiobutton" ? "" : string.Create(CultureInfo.InvariantCulture, $"[{place}]");
            Value(form, $"{at}[values]{index}", field, held.Values[place]);
        }
    }

    private static void Value(HookForm form, string at, CustomField field, StoredValue value)
    {
        if (field.Type is "date" or "date_time" or "birthday")
        {
            form.Add(at, value.Text);
            return;
        }

        if (value.Form == ValueForm.Json && value.Text.StartsWith('{'))
        {
            using var parts = JsonDocument.Parse(value.Text);
            foreach (var part in parts.RootElement.EnumerateObject())
            {
                form.Add($"{at}[value][{part.Name}]", part.Value.ToString());
            }
        }
        else
        {
            form.Add(at + "[value]", value.Text switch { "true" => "1", "false" => "0", var text => text });
        }

        if (value.EnumId is { } item)
        {
            form.Add(at + "[enum]", item);
        }
    }
}
