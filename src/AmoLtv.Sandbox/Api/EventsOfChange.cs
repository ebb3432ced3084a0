using System.Globalization;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>The events that a saved change leaves behind. Deletions, restorations and merges tell no values.</summary>
internal static class EventsOfChange
{
    /// <param name="before">Null when the row is new.</param>
    /// <param name="now">Unix seconds.</param>
    public static IEnumerable<CrmEvent> Of(CrmEntity? before, CrmEntity after, long now)
    {
        var word = after.Kind.Singular();
        if (before is null)
        {
            yield return new CrmEvent($"{word}_added", after.Kind, after.Id, after.CreatedBy, now);
            foreach (var link in LinksOf(after))
            {
                yield return Linked(after, link, now, "linked");
            }

            yield break;
        }

        CrmEvent About(string type, EventDetail? detail = null) => new(type, after.Kind, after.Id, after.UpdatedBy, now, Detail: detail);
        if (before.IsDeleted != after.IsDeleted)
        {
            yield return About(after.IsDeleted ? $"{word}_deleted" : $"{word}_restored");
        }

        foreach (var happened in before is Lead was && after is Lead lead ? LeadChanges(was, lead, now) : [])
        {
            yield return happened;
        }

        if (before.ResponsibleUserId != after.ResponsibleUserId)
        {
            yield return About("entity_responsible_changed", new EventDetail(Before: Text(before.ResponsibleUserId), After: Text(after.ResponsibleUserId)));
        }

        foreach (var happened in LinkChanges(before, after, now))
        {
            yield return happened;
        }

        foreach (var detail in FieldChanges(before, after))
        {
            yield return About("custom_field_value_changed", detail);
        }
    }

    private static IEnumerable<CrmEvent> LeadChanges(Lead before, Lead after, long now)
    {
        var (from, to) = (new StageAt(before.PipelineId, before.StatusId), new StageAt(after.PipelineId, after.StatusId));
        if (from != to)
        {
            yield return new CrmEvent("lead_status_changed", EntityKind.Leads, after.Id, after.UpdatedBy, now, from, to);
        }

        if (before.Price != after.Price)
        {
            yield return new CrmEvent("sale_field_changed", EntityKind.Leads, after.Id, after.UpdatedBy, now, Detail: new EventDetail(Before: Text(before.Price), After: Text(after.Price)));
        }
    }

    private static IEnumerable<CrmEvent> LinkChanges(CrmEntity before, CrmEntity after, long now)
    {
        if (before.IsDeleted || after.IsDeleted)
        {
            yield break;
        }

        var (had, has) = (LinksOf(before).ToList(), LinksOf(after).ToList());
        foreach (var link in had.Except(has))
        {
            yield return Linked(after, link, now, "unlinked");
        }

        foreach (var link in has.Except(had))
        {
            yield return Linked(after, link, now, "linked");
        }
    }

    private static CrmEvent Linked(CrmEntity row, (EntityKind Kind, long Id) link, long now, string what) =>
        new($"entity_{what}", row.Kind, row.Id, row.UpdatedBy, now, Detail: new EventDetail(Linked: link.Kind, LinkedId: link.Id));

    private static IEnumerable<(EntityKind Kind, long Id)> LinksOf(CrmEntity row) => row switch
    {
        Lead lead => [.. lead.CompanyId is { } company ? [(EntityKind.Companies, company)] : Array.Empty<(EntityKind, long)>(), .. lead.ContactIds.Select(id => (EntityKind.Contacts, id))],
        Contact { CompanyId: { } employer } => [(EntityKind.Companies, employer)],
        _ => [],
    };

    private static IEnumerable<EventDetail> FieldChanges(CrmEntity before, CrmEntity after)
    {
        if (ReferenceEquals(before.Fields, after.Fields))
        {
            yield break;
        }

        foreach (var now in after.Fields)
        {
            var was = before.Field(now.FieldId);
            if (was is null || !was.Values.AsSpan().SequenceEqual(now.Values))
            {
                yield return new EventDetail(now.FieldId, was?.Values[0].Text, now.Values[0].Text);
            }
        }

        foreach (var was in before.Fields.Where(was => after.Field(was.FieldId) is null))
        {
            yield return new EventDetail(was.FieldId, was.Values[0].Text);
        }
    }

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
