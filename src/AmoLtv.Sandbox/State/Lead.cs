using System.Text.Json.Serialization;

namespace AmoLtv.Sandbox.State;

/// <summary>A deal.</summary>
public sealed class Lead : CrmEntity
{
    public const long Won = 142;
    public const long Lost = 143;

    /// <summary>Account currency; whole units on amocrm.ru, two decimals on Kommo. 0 when nobody entered it.</summary>
    public decimal Price { get; set; }

    public long PipelineId { get; set; }

    public long StatusId { get; set; }

    public long? LossReasonId { get; set; }

    /// <summary>Set on entering 142 or 143, null on open leads.</summary>
    public long? ClosedAt { get; set; }

    public long? CompanyId { get; set; }

    /// <summary>The first is the main contact.</summary>
    public long[] ContactIds { get; set; } = [];

    public long? SourceId { get; set; }

    /// <summary>Products of the deal.</summary>
    public LinkedElement[] Elements { get; set; } = [];

    [JsonIgnore]
    public override EntityKind Kind => EntityKind.Leads;
}
