using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;

namespace AmoLtv.Core.Valuation;

/// <summary>What the account as a whole lends to each customer's numbers.</summary>
/// <param name="AsOf">The date everything which ages is taken of.</param>
/// <param name="Gap">Typical gap for customers without one of their own.</param>
/// <param name="Lifetime">Expected lifetime.</param>
/// <param name="Margin">Basis and margin of the rest.</param>
/// <param name="Channels">Cost per client by channel and month.</param>
public sealed record AccountRates(DateOnly AsOf, TypicalGap Gap, CustomerLifetime Lifetime, MarginRates Margin, ChannelCosts Channels)
{
    /// <summary>What of these can be kept: the date and the table of spend are given anew each time.</summary>
    public EstimatedRates Estimates => new(Gap, Lifetime, Margin);

    /// <summary>Rates from estimates made earlier.</summary>
    public static AccountRates From(EstimatedRates estimates, DateOnly asOf, ChannelCosts channels) =>
        new(asOf, estimates.Gap, estimates.Lifetime, estimates.Margin, channels);

    /// <summary>Estimates the rates: typical gap and lifetime from the clients' purchases, margin from costs, CAC from spend.</summary>
    /// <param name="clients">The account's clients alone: contacts of companies would count purchases twice.</param>
    /// <param name="settings">The account's.</param>
    /// <param name="asOf">The date.</param>
    /// <param name="spend">Read only where the CAC comes from the table.</param>
    public static AccountRates Of(
        IReadOnlyCollection<CustomerHistory> clients, AccountSettings settings, DateOnly asOf, IEnumerable<ChannelSpend> spend)
    {
        var gap = TypicalGap.OfAccount(clients);
        var observations = clients.Select(client => Relationship.Of(client, gap, asOf)?.Observe()).OfType<Observation>();
        return new AccountRates(
            asOf,
            gap,
            CustomerLifetime.Of(observations, settings.Lifetime),
            MarginRates.Of(clients),
            settings.Cac.Kind == CacKind.ChannelTable ? ChannelCosts.Of(clients, spend) : ChannelCosts.None);
    }
}
