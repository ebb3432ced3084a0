namespace AmoLtv.Core.Notices;

/// <summary>Where the admin is told.</summary>
public enum NoticeChannel
{
    /// <summary>A task in the CRM for who installed.</summary>
    Crm,

    Email,

    Webhook,
}
