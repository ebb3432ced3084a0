using System.Text.Json;
using AmoLtv.Sandbox.Hooks;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>Subscriptions: GET, POST (which also updates the one of the same destination) and DELETE; admins only, and only where the plan has them.</summary>
internal static class WebhooksAnswer
{
    private const int HighestCount = 100;

    public static Answer List(ApiCall call)
    {
        if (Refused(call) is { } refused)
        {
            return refused;
        }

        var wanted = call.Query.Where(pair => pair.Key.StartsWith("filter[destination]", StringComparison.Ordinal)).SelectMany(pair => pair.Value).ToHashSet(StringComparer.Ordinal);
        var hooks = call.State.Webhooks.Where(hook => wanted.Count == 0 || wanted.Contains(hook.Destination)).ToList();
        return hooks.Count == 0 ? Answer.NoContent : Answer.Hal(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("_total_items", hooks.Count);
            ListLinks.Self(json, call, call.Path);
            json.WriteStartObject("_embedded");
            json.WriteStartArray("webhooks");
            hooks.ForEach(hook => Write(json, call, hook));
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    public static Answer Subscribe(ApiCall call)
    {
        if (Refused(call) is { } refused)
        {
            return refused;
        }

        if (call.Body.ValueKind != JsonValueKind.Object)
        {
            return Problem.EmptyBody;
        }

        var errors = new List<FieldError>();
        var destination = Destination(call.Body, errors);
        var settings = Settings(call.Body, errors);
        if (errors.Count > 0)
        {
            return Problem.Validation([new RefusedElement("0", errors)]);
        }

        var known = call.State.Webhooks.FirstOrDefault(hook => hook.Destination == destination);
        if (known is null && call.State.Webhooks.Count >= HighestCount)
        {
            return Problem.Of(422, "Unprocessable Entity", "Webhooks limit exceeded");
        }

        var now = call.State.Clock.Seconds;
        var saved = known is null
            ? new Webhook(call.State.Webhooks.Count == 0 ? 900_001 : call.State.Webhooks.Max(hook => hook.Id) + 1, destination, settings, now, now, call.User.Id, Disabled: false)
            : known with { Settings = settings, UpdatedAt = now };
        call.State.Save(saved);
        return Answer.Hal(json => Write(json, call, saved), 201);
    }

    public static Answer Unsubscribe(ApiCall call)
    {
        if (Refused(call) is { } refused)
        {
            return refused;
        }

        var destination = call.Body.ValueKind == JsonValueKind.Object && call.Body.TryGetProperty("destination", out var sent) ? sent.ToString() : null;
        if (call.State.Webhooks.FirstOrDefault(hook => hook.Destination == destination) is not { } known)
        {
            return Problem.NotFound;
        }

        call.State.RemoveWebhook(known.Id);
        return Answer.NoContent;
    }

    private static Answer? Refused(ApiCall call) =>
        !call.User.IsAdmin ? Problem.Forbidden
        : !call.Options.Webhooks ? Problem.Of(402, "Payment Required", "Вебхуки недоступны на тарифе аккаунта")
        : null;

    private static string Destination(JsonElement body, List<FieldError> errors)
    {
        var text = body.TryGetProperty("destination", out var sent) && sent.ValueKind == JsonValueKind.String ? sent.GetString()! : "";
        if (text.Length == 0)
        {
            errors.Add(FieldError.Missing("destination"));
        }
        else if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || !address.Host.All(char.IsAscii))
        {
            errors.Add(FieldError.InvalidType("destination", "url"));
        }
        else if (!address.IsLoopback)
        {
            errors.Add(new FieldError("NotSupportedChoice", "destination", "The sandbox sends hooks to loopback alone."));
        }

        return text;
    }

    private static string[] Settings(JsonElement body, List<FieldError> errors)
    {
        if (!body.TryGetProperty("settings", out var sent) || sent.ValueKind != JsonValueKind.Array || sent.GetArrayLength() == 0)
        {
            errors.Add(FieldError.Missing("settings"));
            return [];
        }

        string[] settings = [.. sent.EnumerateArray().Select(word => word.ToString()).Distinct(StringComparer.Ordinal)];
        for (var place = 0; place < settings.Length; place++)
        {
            if (!HookWords.IsKnown(settings[place]))
            {
                errors.Add(FieldError.NotSupportedChoice($"settings.{place}"));
            }
        }

        return settings;
    }

    private static void Write(Utf8JsonWriter json, ApiCall call, Webhook hook)
    {
        json.WriteStartObject();
        json.WriteNumber("id", hook.Id);
        json.WriteString("destination", hook.Destination);
        json.WriteNumber("created_at", hook.CreatedAt);
        json.WriteNumber("updated_at", hook.UpdatedAt);
        json.WriteNumber("account_id", call.State.Account.Id);
        json.WriteNumber("created_by", hook.CreatedBy);
        json.WriteNumber("sort", 1);
        json.WriteBoolean("disabled", hook.Disabled);
        json.WriteStartArray("settings");
        foreach (var setting in hook.Settings)
        {
            json.WriteStringValue(setting);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
