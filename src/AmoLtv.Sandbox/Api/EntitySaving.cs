using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>Saves new and changed entities with the events that such a change leaves behind.</summary>
internal static class EntitySaving
{
    /// <summary>An empty entity as the CRM makes it: the caller's own, in the first stage of the main pipeline.</summary>
    public static CrmEntity New(SandboxState state, EntityKind kind, long id, CrmUser user)
    {
        var now = state.Clock.Seconds;
        var main = state.Pipelines.Find(pipeline => pipeline.IsMain) ?? state.Pipelines[0];
        CrmEntity entity = kind switch
        {
            EntityKind.Leads => new Lead { Id = id, Name = $"Сделка #{id}", PipelineId = main.Id, StatusId = main.Stages.First(stage => stage.Type == 0).Id },
            EntityKind.Companies => new Company { Id = id, Name = "" },
            _ => new Contact { Id = id, Name = "" },
        };
        entity.ResponsibleUserId = user.Id;
        entity.CreatedBy = user.Id;
        entity.CreatedAt = now;
        return entity;
    }

    public static void Save(SandboxState state, CrmEntity entity, CrmUser user)
    {
        var before = state.Find(entity.Kind, entity.Id);
        state.Save(entity);
        foreach (var (type, from, to) in Changes(before, entity))
        {
            state.Happened(new CrmEvent(type, entity.Kind, entity.Id, user.Id, state.Clock.Seconds, from, to));
        }
    }

    private static IEnumerable<(string Type, StageAt? From, StageAt? To)> Changes(CrmEntity? before, CrmEntity after)
    {
        var word = after.Kind.Singular();
        if (before is null)
        {
            yield return ($"{word}_added", null, null);
            yield break;
        }

        if (before.IsDeleted != after.IsDeleted)
        {
            yield return (after.IsDeleted ? $"{word}_deleted" : $"{word}_restored", null, null);
        }

        if (before is Lead old && after is Lead now)
        {
            var (from, to) = (new StageAt(old.PipelineId, old.StatusId), new StageAt(now.PipelineId, now.StatusId));
            if (from != to)
            {
                yield return ("lead_status_changed", from, to);
            }

            if (old.Price != now.Price)
            {
                yield return ("sale_field_changed", null, null);
            }
        }

        if (!ReferenceEquals(before.Fields, after.Fields))
        {
            yield return ("custom_field_value_changed", null, null);
        }
    }
}
