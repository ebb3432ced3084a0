namespace AmoLtv.Sandbox;

/// <summary>An integration known to the sandbox, as the vendor's page of integrations would hold it.</summary>
/// <param name="ClientId">The integration's id, a UUID in the real CRM.</param>
/// <param name="Secret">Signs widget tokens (HS256) and is asked for at the token endpoint.</param>
/// <param name="RedirectUri">Must be repeated byte for byte in every token request.</param>
/// <param name="UninstallUri">Called with a signature when an admin disables the integration; null: nothing is called.</param>
public sealed record SandboxIntegration(string ClientId, string Secret, string RedirectUri, string? UninstallUri = null);
