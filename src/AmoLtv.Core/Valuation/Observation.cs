namespace AmoLtv.Core.Valuation;

/// <summary>How long one client was followed.</summary>
/// <param name="Years">Above 0.</param>
/// <param name="IsLost">True: the relationship ended then. False: it was still alive when last looked at.</param>
public readonly record struct Observation(double Years, bool IsLost);
