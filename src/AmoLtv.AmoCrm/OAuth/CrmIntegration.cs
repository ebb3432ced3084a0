namespace AmoLtv.AmoCrm.OAuth;

/// <summary>An integration registered at the CRM. Its text form leaves the secrets out.</summary>
public sealed record CrmIntegration(string ClientId, string ClientSecret, Uri RedirectUri)
{
    /// <summary>The secret before a change: tried after the new one, and what is signed with it still holds. Null where none is changing.</summary>
    public string? PreviousSecret { get; init; }

    /// <summary>Secrets that hold, the new one first.</summary>
    public IReadOnlyList<string> Secrets => PreviousSecret is { Length: > 0 } previous ? [ClientSecret, previous] : [ClientSecret];

    public override string ToString() => $"integration {ClientId}";
}
