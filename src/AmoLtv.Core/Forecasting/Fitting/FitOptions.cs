namespace AmoLtv.Core.Forecasting.Fitting;

/// <summary>How to fit.</summary>
public sealed record FitOptions
{
    /// <summary>The defaults.</summary>
    public static FitOptions Default { get; } = new();

    /// <summary>Below this many customers a fit is refused; 10 by default.</summary>
    public int MinimumCustomers { get; init; } = 10;

    /// <summary>
    /// The weak prior (standard deviation 1 in the logarithms of rates and shapes) fades out linearly up to this many customers;
    /// 0 for maximum likelihood alone.
    /// </summary>
    public int PriorBelowCustomers { get; init; } = 500;

    /// <summary>Below this many customers the fit carries draws of the parameters, so that intervals include their uncertainty; 0 for none.</summary>
    public int DrawsBelowCustomers { get; init; } = 1000;

    /// <summary>How many draws.</summary>
    public int Draws { get; init; } = 24;

    /// <summary>Maximum likelihood alone, without prior or draws.</summary>
    public static FitOptions MaximumLikelihood { get; } = new() { PriorBelowCustomers = 0, DrawsBelowCustomers = 0 };

    internal double PriorWeight(int customers) => PriorBelowCustomers == 0 ? 0 : Math.Max(0, 1 - (double)customers / PriorBelowCustomers);
}
