namespace AmoLtv.Host.Observing;

/// <summary>Grants that work.</summary>
/// <param name="Kind"><c>pair</c>: renewed by the service; <c>long_lived</c>: ends on a day.</param>
/// <param name="OldestSeconds">Since the oldest of their tokens was issued.</param>
/// <param name="RemainingSeconds">Until the first of them ends, unless it is renewed or replaced.</param>
internal sealed record CountedGrants(string Kind, double? OldestSeconds, double? RemainingSeconds);
