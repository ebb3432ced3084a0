namespace AmoLtv.Core.Forecasting.Purchases;

/// <summary>The log-likelihood of a base as a function of the logarithms of the parameters, in the cells' scaled time.</summary>
internal interface IPurchaseLikelihood
{
    /// <summary>Number of parameters.</summary>
    int Size { get; }

    /// <summary>Starting points in log-parameters, the best guess first.</summary>
    IReadOnlyList<double[]> Starts { get; }

    /// <summary>Centres of the weak prior for small bases, in log-parameters; the second one is of ln(rate), not of a parameter.</summary>
    IReadOnlyList<double> PriorCentres { get; }

    /// <summary>Log-likelihood at the log-parameters; fills its gradient by them.</summary>
    double Evaluate(ReadOnlySpan<double> logs, Span<double> gradient);

    /// <summary>The model with these log-parameters, in the original unit of time.</summary>
    PurchaseModel ToModel(ReadOnlySpan<double> logs);
}
