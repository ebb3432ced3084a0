namespace AmoLtv.Host.Installing;

/// <summary>One integration registered at the CRM (an element of the list <c>Integrations</c>).</summary>
public sealed class IntegrationOptions
{
    /// <summary>The integration's id at the CRM, a uuid; written any way, it is lower case from here on.</summary>
    public string ClientId { get; init => field = (value ?? "").Trim().ToLowerInvariant(); } = "";

    /// <summary>Its secret; at least 32 characters (the CRM's have 64). Better in a file.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>A file that holds the secret alone, in place of <see cref="ClientSecret"/>.</summary>
    public string? ClientSecretFile { get; init; }

    /// <summary>
    /// The secret before a change, for as long as tokens and hooks signed with it are on their way: tried after the new one.
    /// Better in a file.
    /// </summary>
    public string? PreviousClientSecret { get; init; }

    /// <summary>A file that holds the previous secret alone, in place of <see cref="PreviousClientSecret"/>.</summary>
    public string? PreviousClientSecretFile { get; init; }

    /// <summary><c>amocrm</c> or <c>kommo</c>.</summary>
    public string Brand { get; init; } = "amocrm";

    /// <summary>Address of <c>/oauth/callback</c> at this service, exactly as registered at the CRM; https, or http on loopback.</summary>
    public string RedirectUri { get; init; } = "";

    /// <summary>The page on which an admin agrees; null: the brand's own.</summary>
    public string? AuthorizeUri { get; init; }
}
