namespace AmoLtv.Core.Notices;

/// <summary>Something the admin has to know, from when it began.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="OpenedAt">When it was noticed.</param>
/// <param name="Detail">The reason, in the service's words.</param>
public sealed record Incident(IncidentKind Kind, DateTimeOffset OpenedAt, string Detail);
