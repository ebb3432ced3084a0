using System.Globalization;
using System.Text.Json;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Api;

/// <summary>GET of pipelines and their stages.</summary>
internal static class PipelinesAnswer
{
    private const string Path = "/api/v4/leads/pipelines";

    public static Answer List(ApiCall call) => Answer.Hal(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("_total_items", call.State.Pipelines.Count);
        ListLinks.Self(json, call, Path);
        json.WriteStartObject("_embedded");
        json.WriteStartArray("pipelines");
        call.State.Pipelines.ForEach(pipeline => Write(json, pipeline, call));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    });

    public static Answer One(ApiCall call) => call.State.Pipeline(call.RouteId) is { } pipeline
        ? Answer.Hal(json => Write(json, pipeline, call))
        : Answer.NoContent;

    public static Answer Statuses(ApiCall call) => call.State.Pipeline(call.RouteId) is not { } pipeline ? Answer.NoContent : Answer.Hal(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("_total_items", pipeline.Stages.Length);
        ListLinks.Self(json, call, call.Path);
        json.WriteStartObject("_embedded");
        WriteStages(json, pipeline, call);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, Pipeline pipeline, ApiCall call)
    {
        json.WriteStartObject();
        json.WriteNumber("id", pipeline.Id);
        json.WriteString("name", pipeline.Name);
        json.WriteNumber("sort", pipeline.Sort);
        json.WriteBoolean("is_main", pipeline.IsMain);
        json.WriteBoolean("is_unsorted_on", true);
        json.WriteBoolean("is_archive", pipeline.IsArchive);
        json.WriteNumber("account_id", call.State.Account.Id);
        ListLinks.Self(json, call, Address(pipeline));
        json.WriteStartObject("_embedded");
        WriteStages(json, pipeline, call);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteStages(Utf8JsonWriter json, Pipeline pipeline, ApiCall call)
    {
        json.WriteStartArray("statuses");
        foreach (var stage in pipeline.Stages)
        {
            json.WriteStartObject();
            json.WriteNumber("id", stage.Id);
            json.WriteString("name", stage.Name);
            json.WriteNumber("sort", stage.Sort);
            json.WriteBoolean("is_editable", stage.IsEditable);
            json.WriteNumber("pipeline_id", pipeline.Id);
            json.WriteString("color", stage.Color);
            json.WriteNumber("type", stage.Type);
            json.WriteNumber("account_id", call.State.Account.Id);
            ListLinks.Self(json, call, string.Create(CultureInfo.InvariantCulture, $"{Address(pipeline)}/statuses/{stage.Id}"));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Address(Pipeline pipeline) => string.Create(CultureInfo.InvariantCulture, $"{Path}/{pipeline.Id}");
}
