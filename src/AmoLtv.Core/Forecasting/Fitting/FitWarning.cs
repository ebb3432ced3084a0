namespace AmoLtv.Core.Forecasting.Fitting;

/// <summary>A warning and what it is about.</summary>
/// <param name="Code">Which warning.</param>
/// <param name="Subject">Names of the parameters, or a number, in invariant form; empty where the code says it all.</param>
public sealed record FitWarning(FitWarningCode Code, string Subject = "");
