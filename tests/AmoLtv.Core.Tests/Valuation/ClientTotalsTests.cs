using System.Text.Json;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Tests.Segmentation;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Tests.Valuation;

public sealed class ClientTotalsTests
{
    [Test]
    public void Replacing_some_customers_gives_the_totals_of_the_base_that_results() => Bases.ForPairs((before, now) =>
    {
        var (earlier, later) = (Figures(before), Figures(now));
        var changed = earlier.Where(customer => customer.Key.Id % 3 == 0 || later.All(other => other.Key != customer.Key)).ToList();
        var added = later.Where(customer => customer.Key.Id % 3 == 0 || earlier.All(other => other.Key != customer.Key)).ToList();
        var replaced = earlier.Except(changed).Concat(added).ToList();

        return Kept(Totals(earlier)).Replace(Totals(changed), Totals(added)) == Totals(replaced);
    });

    [Test]
    public void Order_does_not_matter_to_the_last_digit() =>
        Bases.ForAll(customers => Totals(Figures(customers)) == Totals([.. Figures(customers).AsEnumerable().Reverse()]));

    private static ClientTotals Totals(List<CustomerFigures> customers) => ClientTotals.Of(customers, lifetimeYears: 3.3, periodStart: null);

    /// <summary>With numbers that no sum of doubles keeps in order.</summary>
    private static List<CustomerFigures> Figures(List<CustomerValuation> customers) =>
        customers.ConvertAll(customer => customer.Figures with
        {
            Purchases = customer.HasBought ? customer.Purchases : 0,
            PurchasesPerYear = customer.HasBought ? 0.1 + (customer.Key.Id / 7.0) : null,
        });

    private static ClientTotals Kept(ClientTotals totals) =>
        JsonSerializer.Deserialize<ClientTotals>(JsonSerializer.Serialize(totals, SettingsJson.Options), SettingsJson.Options)!;
}
