using System.Text.Json;
using AmoLtv.AmoCrm.Entities;
using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Reading;

/// <summary>Reads events <c>lead_status_changed</c>.</summary>
internal static class EventJson
{
    /// <exception cref="FormatException">The lead, the time or the stage entered is missing.</exception>
    public static StageChange StageChange(JsonElement row)
    {
        var entered = Json.List(row, "value_after")
            .Select(value => Json.Property(value, "lead_status"))
            .FirstOrDefault(status => status is not null) ?? throw new FormatException("value_after.lead_status is missing");
        return new StageChange(
            new LeadId(Required(row, "entity_id")),
            new PipelineId(Required(entered, "pipeline_id")),
            new StatusId(Required(entered, "id")),
            Json.Time(row, "created_at") ?? throw new FormatException("created_at is missing"));
    }

    private static long Required(JsonElement row, string name) => Json.Integer(row, name) ?? throw new FormatException(name + " is missing");
}
