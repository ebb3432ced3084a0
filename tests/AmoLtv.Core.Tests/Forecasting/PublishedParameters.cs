using AmoLtv.Core.Forecasting.Purchases;

namespace AmoLtv.Core.Tests.Forecasting;

/// <summary>The models at the parameters of the papers: CDNOW, 2,357 customers, 39 weeks.</summary>
internal static class PublishedParameters
{
    public static readonly DropoutModel Bg = DropoutModel.BgNbd(0.243, 4.414, 0.793, 2.426);
    public static readonly DropoutModel Mbg = DropoutModel.MbgNbd(0.525, 6.183, 0.891, 1.614);
    public static readonly ParetoNbdModel Pareto = new(0.553, 10.578, 0.606, 11.669);
}
