using System.Text.Json.Serialization;

namespace AmoLtv.Host.Callers;

/// <summary>What a user may see of the account's pages, the least first.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Role>))]
public enum Role
{
    /// <summary>Cards the CRM shows to the user, and analytics of clients the user is responsible for.</summary>
    [JsonStringEnumMemberName("member")]
    Member,

    /// <summary>Analytics of the whole account: named by an administrator.</summary>
    [JsonStringEnumMemberName("analyst")]
    Analyst,

    /// <summary>Everything: administers the account in the CRM.</summary>
    [JsonStringEnumMemberName("admin")]
    Admin,
}
