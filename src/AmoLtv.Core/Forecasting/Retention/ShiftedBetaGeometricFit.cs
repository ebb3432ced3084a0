using System.Diagnostics.CodeAnalysis;
using AmoLtv.Core.Forecasting.Fitting;

namespace AmoLtv.Core.Forecasting.Retention;

/// <summary>A retention model fitted to contracts, or why there is none.</summary>
public sealed record ShiftedBetaGeometricFit
{
    /// <summary>The model; null where the fit was refused.</summary>
    public ShiftedBetaGeometric? Model { get; init; }

    /// <summary>Why there is no model; <see cref="FitRefusal.NoRepeatPurchases"/> where no contract was ever lost.</summary>
    public FitRefusal? Refusal { get; init; }

    /// <summary>Log-likelihood at the parameters.</summary>
    public double LogLikelihood { get; init; }

    /// <summary>True where the optimiser's gradient vanished.</summary>
    public bool Converged { get; init; }

    /// <summary>What the reader has to know.</summary>
    public IReadOnlyList<FitWarning> Warnings { get; init; } = [];

    /// <summary>True where there is a model.</summary>
    [MemberNotNullWhen(true, nameof(Model))]
    public bool IsUsable => Model is not null;
}
