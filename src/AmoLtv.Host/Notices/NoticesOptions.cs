namespace AmoLtv.Host.Notices;

/// <summary>How the admin is told outside the CRM (section <c>Notices</c>).</summary>
public sealed class NoticesOptions
{
    public const string Section = "Notices";

    /// <summary>How often accounts are looked at, seconds (5 to 3600).</summary>
    public int CheckSeconds { get; init; } = 30;

    /// <summary>Mail server; without it no e-mail is sent.</summary>
    public string? SmtpHost { get; init; }

    /// <summary>Its port (1 to 65535): usually 587 with STARTTLS, 25 without.</summary>
    public int SmtpPort { get; init; } = 587;

    /// <summary>Whether the connection has to be encrypted by STARTTLS. Switch it off on loopback alone.</summary>
    public bool SmtpStartTls { get; init; } = true;

    /// <summary>Name to log in with; without it nobody logs in.</summary>
    public string? SmtpUser { get; init; }

    /// <summary>A file that holds the password alone.</summary>
    public string? SmtpPasswordFile { get; init; }

    /// <summary>The sender's address.</summary>
    public string? SmtpFrom { get; init; }

    /// <summary>How long one delivery may take, seconds (1 to 120).</summary>
    public int TimeoutSeconds { get; init; } = 15;

    /// <summary>Lets webhooks go to loopback, over http too. For trials alone.</summary>
    public bool AllowLoopbackWebhooks { get; init; }
}
