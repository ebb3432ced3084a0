using System.Globalization;
using System.Text.Json.Serialization;
using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Settings;

/// <summary>A stage of a pipeline. Statuses 142 and 143 exist in every pipeline, so a status alone names no stage.</summary>
public readonly record struct StageKey(PipelineId Pipeline, StatusId Status)
{
    /// <summary>Status of won leads, the same number in every pipeline.</summary>
    public static readonly StatusId Won = new(142);

    /// <summary>Status of lost leads, the same number in every pipeline.</summary>
    public static readonly StatusId Lost = new(143);

    /// <summary>Whether the CRM keeps a closing time for leads in this stage.</summary>
    [JsonIgnore]
    public bool IsClosed => Status == Won || Status == Lost;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Pipeline.Value}:{Status.Value}");
}
