namespace AmoLtv.Core.Forecasting.Purchases;

/// <summary>The models of purchases to come; the values are kept in stored results.</summary>
public enum PurchaseModelKind
{
    /// <summary>Gamma-mixed Poisson purchases, nobody ever leaves (Ehrenberg 1959).</summary>
    Nbd = 1,

    /// <summary>BG/NBD: a customer may leave after each repeat purchase (Fader, Hardie and Lee 2005).</summary>
    BgNbd = 2,

    /// <summary>MBG/NBD: a customer may also leave after the first purchase (Batislam, Denizel and Filiztekin 2007).</summary>
    MbgNbd = 3,

    /// <summary>MBG/CNBD-k: as MBG/NBD with Erlang-k times between purchases (Reutterer, Platzer and Schröder 2020).</summary>
    MbgCnbd = 4,

    /// <summary>Pareto/NBD: a customer may leave at any time (Schmittlein, Morrison and Colombo 1987).</summary>
    ParetoNbd = 5,

    /// <summary>BG/BB: at most one purchase in each of discrete periods (Fader, Hardie and Shang 2010).</summary>
    BgBb = 6,
}
