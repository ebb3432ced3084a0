namespace AmoLtv.Core.Forecasting.Series;

/// <summary>What a method's forecasts from several origins erred by.</summary>
/// <param name="Method">The method.</param>
/// <param name="Origins">From how many origins it could forecast.</param>
/// <param name="Mase">Mean of MASE over the origins; null where the scale is 0.</param>
/// <param name="Smape">Mean of sMAPE over the origins, 0..200.</param>
/// <param name="StepErrors">Root of the mean squared error one, two, … periods ahead.</param>
public sealed record MethodError(SeriesMethod Method, int Origins, double? Mase, double Smape, IReadOnlyList<double> StepErrors);
