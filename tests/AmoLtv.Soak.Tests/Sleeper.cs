namespace AmoLtv.Soak;

/// <summary>
/// A process that stands still at a request of its night, is taken for dead, and goes on when the account has settled under others.
/// </summary>
/// <param name="At">The request that reads, from 1: a change that was on its way may still land by design.</param>
/// <param name="Moment">Where in the request.</param>
internal sealed record Sleeper(int At, StopMoment Moment);
