namespace AmoLtv.Core.Evaluation;

/// <summary>A model fitted to a list.</summary>
/// <param name="Name">Stable name: nbd, bgNbd, mbgNbd, mbgCnbd, paretoNbd, bgBb, gammaGamma.</param>
/// <param name="Parameters">By their published names; empty where the fit was refused.</param>
/// <param name="TimeUnit">The unit the parameters are in: weeks; periods for BG/BB; none for Gamma-Gamma.</param>
/// <param name="LogLikelihood">At the parameters, in that unit; null where refused.</param>
/// <param name="Converged">Whether the optimiser's gradient vanished.</param>
/// <param name="Warnings">What a reader has to know, and why there is no fit: a code, and after a colon what it is about.</param>
/// <param name="FitMilliseconds">How long the fit took.</param>
public sealed record EvaluatedModel(
    string Name,
    IReadOnlyDictionary<string, double> Parameters,
    string? TimeUnit,
    double? LogLikelihood,
    bool Converged,
    IReadOnlyList<string> Warnings,
    double FitMilliseconds);
