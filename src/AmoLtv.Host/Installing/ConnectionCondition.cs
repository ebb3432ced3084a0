namespace AmoLtv.Host.Installing;

/// <summary>One thing that holds of a connection.</summary>
/// <param name="Since">When it began, null where that is not known.</param>
/// <param name="Until">The day that it is about: of the erasure, of a token's end; null where there is none.</param>
/// <param name="Detail">The CRM's own words, or a failure's; null where there are none.</param>
public sealed record ConnectionCondition(ConnectionState State, DateTimeOffset? Since = null, DateTimeOffset? Until = null, string? Detail = null);
