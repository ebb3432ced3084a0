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

    /// <summary>Saves a row; its events name whoever the row says changed it, and subscriptions hear of it.</summary>
    public static void Save(SandboxState state, CrmEntity entity)
    {
        var before = state.Find(entity.Kind, entity.Id);
        state.Save(entity);
        foreach (var happened in EventsOfChange.Of(before, entity, state.Clock.Seconds))
        {
            state.Happened(happened);
        }

        state.Hooks?.Saved(before, entity);
    }
}
