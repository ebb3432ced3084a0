namespace AmoLtv.Core.Settings;

/// <summary>Where the cost of acquiring a client comes from.</summary>
public enum CacKind
{
    None = 0,

    /// <summary>A numeric custom field of the company.</summary>
    CompanyField = 1,

    /// <summary>The table channel × month × spend, divided by the new clients of that channel and month.</summary>
    ChannelTable = 2,
}
