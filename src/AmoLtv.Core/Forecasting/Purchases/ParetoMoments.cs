using System.Runtime.Intrinsics;

namespace AmoLtv.Core.Forecasting.Purchases;

/// <summary>ln J and, over its integrand, the means of ln(α + y), ln(β + y), 1/(α + y) and 1/(β + y), for four customers.</summary>
internal readonly record struct ParetoMoments(
    Vector256<double> Log,
    Vector256<double> LogAlpha,
    Vector256<double> LogBeta,
    Vector256<double> InverseAlpha,
    Vector256<double> InverseBeta);
