using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using AmoLtv.Core.Forecasting.Purchases;

namespace AmoLtv.Core.Forecasting.Fitting;

/// <summary>A purchase model fitted to a base, or why there is none.</summary>
public sealed record PurchaseFit
{
    /// <summary>Which model was asked for.</summary>
    public required PurchaseModelKind Kind { get; init; }

    /// <summary>The model; null where the fit was refused.</summary>
    public PurchaseModel? Model { get; init; }

    /// <summary>Why there is no model.</summary>
    public FitRefusal? Refusal { get; init; }

    /// <summary>Log-likelihood of the data at the parameters, in the original unit of time, without the prior. For an Erlang order above 1 with the gaps' factor, so that orders compare.</summary>
    public double LogLikelihood { get; init; }

    /// <summary>True where the optimiser's gradient vanished.</summary>
    public bool Converged { get; init; }

    /// <summary>What the reader has to know.</summary>
    public IReadOnlyList<FitWarning> Warnings { get; init; } = [];

    /// <summary>Evaluations of the likelihood.</summary>
    public int Evaluations { get; init; }

    /// <summary>Repeat purchases the model expects in the observed time, divided by those observed; near 1 for a model that fits.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    public double InSampleRatio { get; init; }

    /// <summary>Draws from the distribution of the parameters; empty for a large base, where their uncertainty no longer counts.</summary>
    public IReadOnlyList<Weighted<PurchaseModel>> Draws { get; init; } = [];

    /// <summary>True where there is a model.</summary>
    [JsonIgnore]
    [MemberNotNullWhen(true, nameof(Model))]
    public bool IsUsable => Model is not null;

    /// <summary>True where the fit carries the warning.</summary>
    public bool Has(FitWarningCode code) => Warnings.Any(warning => warning.Code == code);
}
