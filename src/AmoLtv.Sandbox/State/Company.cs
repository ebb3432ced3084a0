using System.Text.Json.Serialization;

namespace AmoLtv.Sandbox.State;

/// <summary>A company.</summary>
public sealed class Company : CrmEntity
{
    [JsonIgnore]
    public override EntityKind Kind => EntityKind.Companies;
}
