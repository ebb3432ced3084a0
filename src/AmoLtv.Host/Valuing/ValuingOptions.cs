namespace AmoLtv.Host.Valuing;

/// <summary>Section <c>Valuing</c>: how much is computed anew.</summary>
public sealed class ValuingOptions
{
    public const string Section = "Valuing";

    /// <summary>
    /// From so many clients on an account is large: only leads and customers that changed are computed anew, and what is estimated
    /// from the whole base (lifetime, typical gap, margin, the forecast's parameters) is kept until enough has changed. Smaller
    /// accounts are computed whole each time, which takes them a second. At least 2.
    /// </summary>
    public int LargeBaseClients { get; set; } = 20_000;
}
