using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Valuing;

/// <summary>What the stored verdicts of an account stand for.</summary>
/// <param name="Run">Leads changed up to this run are in them.</param>
/// <param name="Basis">See <see cref="VerdictBasis"/>.</param>
/// <param name="LastDay">Purchases count up to it.</param>
internal sealed record VerdictState(RunId Run, string Basis, DateOnly LastDay);
