using System.Globalization;
using System.Text.Json;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>GET of loss reasons.</summary>
internal static class LossReasonsAnswer
{
    private const string Path = "/api/v4/leads/loss_reasons";

    public static Answer List(ApiCall call) => call.State.LossReasons.Count == 0 || (ListQuery.Read(call)?.Page ?? 1) > 1 ? Answer.NoContent : Answer.Hal(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("_total_items", call.State.LossReasons.Count);
        ListLinks.Self(json, call, Path);
        json.WriteStartObject("_embedded");
        json.WriteStartArray("loss_reasons");
        foreach (var reason in call.State.LossReasons)
        {
            Write(json, reason, call);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    });

    public static Answer One(ApiCall call) => call.State.LossReasons.Find(reason => reason.Id == call.RouteId) is { } reason
        ? Answer.Hal(json => Write(json, reason, call))
        : Answer.NoContent;

    public static void Write(Utf8JsonWriter json, LossReason reason, ApiCall call)
    {
        json.WriteStartObject();
        json.WriteNumber("id", reason.Id);
        json.WriteString("name", reason.Name);
        json.WriteNumber("sort", reason.Sort);
        json.WriteNumber("created_at", call.State.Account.CreatedAt);
        json.WriteNumber("updated_at", call.State.Account.CreatedAt);
        ListLinks.Self(json, call, string.Create(CultureInfo.InvariantCulture, $"{Path}/{reason.Id}"));
        json.WriteEndObject();
    }
}
