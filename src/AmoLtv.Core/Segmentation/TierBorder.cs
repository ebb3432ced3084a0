using AmoLtv.Core.Identity;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Segmentation;

/// <summary>The last client of a tier in the order of <see cref="Standings"/>: who stands no lower belongs to it, or to a tier above.</summary>
/// <param name="Tier">Code of the tier.</param>
/// <param name="Value">What that client adds to the base, in the account's currency.</param>
/// <param name="Ltv">Its headline.</param>
/// <param name="Scope">Its scope.</param>
/// <param name="Id">Its id.</param>
public sealed record TierBorder(string Tier, decimal Value, decimal? Ltv, CustomerScope Scope, long Id)
{
    internal static TierBorder At(string tier, CustomerFigures last) => new(tier, last.Value, last.Ltv, last.Key.Scope, last.Key.Id);

    internal bool Includes(CustomerFigures client) =>
        Standings.Compare((client.Value, client.Ltv, client.Key), (Value, Ltv, new CustomerKey(Scope, Id))) <= 0;
}
