using System.Text.Json.Serialization;

namespace AmoLtv.Sandbox.State;

/// <summary>Whether the CRM serves the account.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AccountStanding>))]
public enum AccountStanding
{
    Open,

    /// <summary>The subscription has ended: the API answers 402, tokens can still be renewed.</summary>
    Unpaid,

    /// <summary>Blocked for too many requests: 403 with an HTML page everywhere, the token endpoint too, until support lifts it.</summary>
    Blocked,

    /// <summary>The account is gone: 404 everywhere.</summary>
    Closed,
}
