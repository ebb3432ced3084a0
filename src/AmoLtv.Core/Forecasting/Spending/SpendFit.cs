using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using AmoLtv.Core.Forecasting.Fitting;

namespace AmoLtv.Core.Forecasting.Spending;

/// <summary>A Gamma-Gamma model fitted to a base, or why there is none.</summary>
public sealed record SpendFit
{
    /// <summary>The model; null where the fit was refused.</summary>
    public GammaGammaModel? Model { get; init; }

    /// <summary>Why there is no model.</summary>
    public FitRefusal? Refusal { get; init; }

    /// <summary>Customers with a positive mean that took part.</summary>
    public int Customers { get; init; }

    /// <summary>Log-likelihood at the parameters, in the original currency, without the prior.</summary>
    public double LogLikelihood { get; init; }

    /// <summary>Correlation of count and mean value, −1..1; the model assumes 0.</summary>
    public double Correlation { get; init; }

    /// <summary>True where the optimiser's gradient vanished.</summary>
    public bool Converged { get; init; }

    /// <summary>Evaluations of the likelihood.</summary>
    public int Evaluations { get; init; }

    /// <summary>What the reader has to know.</summary>
    public IReadOnlyList<FitWarning> Warnings { get; init; } = [];

    /// <summary>Draws from the distribution of the parameters; empty for a large base.</summary>
    public IReadOnlyList<Weighted<GammaGammaModel>> Draws { get; init; } = [];

    /// <summary>True where there is a model.</summary>
    [JsonIgnore]
    [MemberNotNullWhen(true, nameof(Model))]
    public bool IsUsable => Model is not null;
}
