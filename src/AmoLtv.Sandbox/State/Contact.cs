using System.Text.Json.Serialization;

namespace AmoLtv.Sandbox.State;

/// <summary>A person.</summary>
public sealed class Contact : CrmEntity
{
    public string FirstName { get; set; } = "";

    public string LastName { get; set; } = "";

    public long? CompanyId { get; set; }

    [JsonIgnore]
    public override EntityKind Kind => EntityKind.Contacts;
}
