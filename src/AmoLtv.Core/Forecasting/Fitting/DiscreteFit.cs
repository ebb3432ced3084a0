using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using AmoLtv.Core.Forecasting.Purchases;

namespace AmoLtv.Core.Forecasting.Fitting;

/// <summary>A BG/BB model fitted to a base, or why there is none.</summary>
public sealed record DiscreteFit
{
    /// <summary>The model; null where the fit was refused.</summary>
    public BgBbModel? Model { get; init; }

    /// <summary>Why there is no model.</summary>
    public FitRefusal? Refusal { get; init; }

    /// <summary>Log-likelihood at the parameters, without the binomial coefficient.</summary>
    public double LogLikelihood { get; init; }

    /// <summary>True where the optimiser's gradient vanished.</summary>
    public bool Converged { get; init; }

    /// <summary>What the reader has to know.</summary>
    public IReadOnlyList<FitWarning> Warnings { get; init; } = [];

    /// <summary>True where there is a model.</summary>
    [JsonIgnore]
    [MemberNotNullWhen(true, nameof(Model))]
    public bool IsUsable => Model is not null;
}
