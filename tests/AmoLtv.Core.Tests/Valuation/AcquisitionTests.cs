using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;
using static AmoLtv.Core.Tests.Leads;

namespace AmoLtv.Core.Tests.Valuation;

public sealed class AcquisitionTests
{
    private static readonly AccountSettings ByChannel = new()
    {
        Cac = new CacSettings { Kind = CacKind.ChannelTable },
        Channel = new ChannelSettings { Kind = ChannelKind.Source },
        Headline = HeadlineKind.Historical,
    };

    [Test]
    public void Spend_is_divided_by_the_new_clients_of_its_channel_and_month()
    {
        Lead[] leads = [From("ads", 1, "2026-03-02", 10), From("Ads ", 2, "2026-03-20", 11), From("seo", 3, "2026-03-05", 12), From("ads", 4, "2026-04-05", 10)];

        var report = Value(leads, ByChannel, spend: [new("ADS", new(2026, 3, 1), 101), new("ads", new(2026, 4, 1), 999)]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((report.Of(10).Cac, report.Of(10).LtvToCac), Is.EqualTo(((decimal?)50.50m, (double?)(200 / 50.5))));
            Assert.That(report.Of(11).Cac, Is.EqualTo(50.50m));
            Assert.That((report.Of(12).Cac, report.Of(12).LtvToCac), Is.EqualTo(((decimal?)null, (double?)null)), "nothing is entered for seo");
        }
    }

    [Test]
    public void Spend_of_a_month_without_new_clients_waits_for_the_next_that_has_some()
    {
        Lead[] leads = [From("ads", 1, "2026-05-02", 10), From("ads", 2, "2026-06-02", 11), From("ads", 3, "2026-02-02", 12)];

        var report = Value(leads, ByChannel, spend: [new("ads", new(2026, 3, 1), 100), new("ads", new(2026, 4, 1), 20), new("ads", new(2026, 5, 1), 30)]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Of(10).Cac, Is.EqualTo(150));
            Assert.That(report.Of(11).Cac, Is.Null, "what was spent is used up");
            Assert.That(report.Of(12).Cac, Is.Null, "spend comes before clients, not after");
        }
    }

    [Test]
    public void A_channel_is_that_of_the_first_purchase()
    {
        Lead[] leads = [From("late", 1, "2026-05-02", 10), From("first", 3, "2026-03-02", 10), From("same day", 4, "2026-03-02", 10)];

        Assert.That(Value(leads, ByChannel).Of(10).Channel, Is.EqualTo("first"));
    }

    [TestCase(100, 0)]
    [TestCase(150, 2)]
    [TestCase(200, 2)]
    [TestCase(201, null)]
    public void Payback_is_the_months_until_what_was_bought_covers_the_cost(int cac, int? months)
    {
        Movement[] movements = [new(new(2026, 1, 10), 100, null), new(new(2026, 2, 11), 100, null)];

        Assert.That(Payback.Months(movements, new MarginRates(Basis.Revenue, null, 0), cac), Is.EqualTo(months));
    }

    [Test]
    public void Payback_on_margin_counts_what_is_earned()
    {
        Movement[] movements = [new(new(2026, 1, 10), 100, 90), new(new(2026, 4, 10), 100, null)];

        Assert.That(Payback.Months(movements, new MarginRates(Basis.Margin, 0.4m, 1), 50), Is.EqualTo(3));
    }

    [Test]
    public void A_company_may_state_its_own_cost_and_a_contact_has_none()
    {
        var settings = new AccountSettings { Cac = new CacSettings { Kind = CacKind.CompanyField, Field = new FieldId(5) } };
        var valuer = new CustomerValuer(settings, AccountRates.Of([], settings, Today, []));

        CustomerValuation ValueOf(CustomerScope scope) => valuer.Value(new CustomerHistory
        {
            Key = new CustomerKey(scope, 1), Purchases = 1, AllPurchases = 1, PurchaseRevenue = 100, StatedCac = 50,
            PurchaseDays = [new(2026, 3, 1)], Movements = [new(new(2026, 3, 1), 100, null)],
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That((ValueOf(CustomerScope.Company).Cac, ValueOf(CustomerScope.Company).PaybackMonths), Is.EqualTo(((decimal?)50, (int?)0)));
            Assert.That(ValueOf(CustomerScope.DirectContact).Cac, Is.Null);
        }
    }

    [Test]
    public void A_cost_of_0_has_no_ratio() => Assert.That(Money.Ratio(100, 0), Is.Null);

    private static Lead From(string source, long id, string day, long company) => Won(id, 100, day, company) with { Source = source };
}
