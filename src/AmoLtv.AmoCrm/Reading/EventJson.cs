using System.Text.Json;
using AmoLtv.AmoCrm.Entities;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;

namespace AmoLtv.AmoCrm.Reading;

/// <summary>Reads events <c>lead_status_changed</c>.</summary>
internal static class EventJson
{
    /// <exception cref="FormatException">The lead, the time or the stage entered is missing.</exception>
    public static StageChange StageChange(JsonElement row)
    {
        var entered = LeadStatus(row, "value_after") ?? throw new FormatException("value_after.lead_status is missing");
        return new StageChange(
            new LeadId(Required(row, "entity_id")),
            new PipelineId(Required(entered, "pipeline_id")),
            new StatusId(Required(entered, "id")),
            Json.Time(row, "created_at") ?? throw new FormatException("created_at is missing"))
        {
            From = LeadStatus(row, "value_before") is { } left
                && Json.Integer(left, "pipeline_id") is { } pipeline && Json.Integer(left, "id") is { } status
                ? new StageKey(new PipelineId(pipeline), new StatusId(status))
                : null,
        };
    }

    private static JsonElement? LeadStatus(JsonElement row, string list) => Json.List(row, list)
        .Select(value => Json.Property(value, "lead_status"))
        .FirstOrDefault(status => status is not null);

    private static long Required(JsonElement row, string name) => Json.Integer(row, name) ?? throw new FormatException(name + " is missing");
}
