namespace AmoLtv.Core.Forecasting.Fitting;

/// <summary>A model drawn from the distribution of its parameters.</summary>
/// <param name="Model">The model.</param>
/// <param name="Weight">Its weight, &gt; 0; the weights of all draws sum to 1.</param>
public readonly record struct Weighted<TModel>(TModel Model, double Weight);
