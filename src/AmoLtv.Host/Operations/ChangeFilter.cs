using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Operations;

/// <summary>Which changes of a run are shown; null leaves a part open.</summary>
/// <param name="Status">planned, confirmed, failed, previewed or skipped.</param>
public sealed record ChangeFilter(EntityType? Entity, long? Field, string? Status);
