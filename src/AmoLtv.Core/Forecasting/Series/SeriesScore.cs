namespace AmoLtv.Core.Forecasting.Series;

/// <summary>How a method did on the account's own past.</summary>
/// <param name="Method">Its stable name.</param>
/// <param name="Origins">From how many months it could forecast.</param>
/// <param name="Mase">Mean of MASE over them; null where the scale is 0.</param>
/// <param name="Smape">Mean of sMAPE over them, 0..200.</param>
public sealed record SeriesScore(string Method, int Origins, double? Mase, double Smape);
