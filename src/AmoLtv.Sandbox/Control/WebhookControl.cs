using AmoLtv.Sandbox.Api;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Control;

/// <summary>What an admin sees and does on the page of webhooks, and what became of the deliveries.</summary>
internal static class WebhookControl
{
    public static Task<Answer> ReadAsync(ControlCall call) => Task.FromResult(call.Sandbox.Locked(() => Answer.Plain(json =>
    {
        var tally = call.Sandbox.Hooks.Tally;
        json.WriteStartObject();
        json.WriteNumber("waiting", tally.Waiting);
        json.WriteNumber("delivered", tally.Delivered);
        json.WriteNumber("givenUp", tally.GivenUp);
        json.WriteNumber("attempts", tally.Attempts);
        json.WriteNumber("invalid", tally.Invalid);
        json.WriteStartArray("hooks");
        foreach (var hook in call.Sandbox.State.Webhooks)
        {
            json.WriteStartObject();
            json.WriteNumber("id", hook.Id);
            json.WriteString("destination", hook.Destination);
            json.WriteBoolean("disabled", hook.Disabled);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    })));

    /// <summary>Enables or disables every hook, or the one named by <c>id</c>: <c>{"disabled":true}</c>.</summary>
    public static Task<Answer> SwitchAsync(ControlCall call)
    {
        if (call.Flag("disabled") is not { } disabled)
        {
            return ControlEndpoints.Bad("Say disabled: true or false, and id for one hook alone.");
        }

        return Task.FromResult(call.Sandbox.Locked(() =>
        {
            foreach (var hook in call.Sandbox.State.Webhooks.Where(hook => call.Long("id") is not { } id || id == hook.Id).ToList())
            {
                call.Sandbox.State.Save(hook with { Disabled = disabled, UpdatedAt = call.Sandbox.State.Clock.Seconds });
                call.Sandbox.Hooks.Forget(hook.Id);
            }

            return Answer.NoContent;
        }));
    }

    /// <summary>Announces living rows again although nothing changed, as hooks do that come twice: <c>{"entity":"leads","ids":[1]}</c>.</summary>
    public static Task<Answer> RepeatAsync(ControlCall call)
    {
        if (EntityKinds.Parse(call.Text("entity")) is not { } kind || call.Longs("ids") is not { } ids)
        {
            return ControlEndpoints.Bad("Name the entity and its ids.");
        }

        return Task.FromResult(call.Sandbox.Locked(() =>
        {
            foreach (var row in ids.Select(id => call.Sandbox.State.Find(kind, id)).OfType<CrmEntity>())
            {
                call.Sandbox.State.Hooks?.Saved(row, row);
            }

            return Answer.NoContent;
        }));
    }
}
