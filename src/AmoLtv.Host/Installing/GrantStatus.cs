namespace AmoLtv.Host.Installing;

/// <summary>Whether a grant works.</summary>
public enum GrantStatus
{
    Connected,

    /// <summary>The CRM refused to renew it; only a new install helps.</summary>
    Lost,
}
