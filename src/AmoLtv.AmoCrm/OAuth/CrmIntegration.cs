namespace AmoLtv.AmoCrm.OAuth;

/// <summary>An integration registered at the CRM. Its text form leaves the secret out.</summary>
public sealed record CrmIntegration(string ClientId, string ClientSecret, Uri RedirectUri)
{
    public override string ToString() => $"integration {ClientId}";
}
