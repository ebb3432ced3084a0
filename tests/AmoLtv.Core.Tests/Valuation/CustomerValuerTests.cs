using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;
using static AmoLtv.Core.Tests.Leads;

namespace AmoLtv.Core.Tests.Valuation;

public sealed class CustomerValuerTests
{
    private static readonly FieldId Cost = new(77);
    private static readonly AccountSettings WithCosts = new() { Cost = new CostSettings { Kind = CostKind.Field, Field = Cost } };
    private static readonly AccountSettings WithCreditNotes = new() { Returns = [new ReturnStage(Stage(600), ReturnKind.CreditNote)] };

    [Test]
    public void A_client_of_two_months_with_two_purchases_buys_two_a_year()
    {
        var client = Value([Won(1, 100, "2026-09-01"), Won(2, 100, "2026-10-15")]).Of(10);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(client.Relationship?.Months, Is.EqualTo(2));
            Assert.That(client.PurchasesPerYear, Is.EqualTo(2));
            Assert.That(client.FormulaLtv, Is.EqualTo(100 * 2 * 3), "three years are assumed");
        }
    }

    [Test]
    public void A_short_lifetime_shortens_the_least_time_purchases_are_spread_over()
    {
        var settings = new AccountSettings { Lifetime = new LifetimeSettings { FixedYears = 0.5 } };

        Assert.That(Value([Won(1, 100, "2026-10-15")], settings).Of(10).PurchasesPerYear, Is.EqualTo(2));
    }

    [Test]
    public void Two_purchases_on_one_day_are_two_purchases_on_one_day()
    {
        var client = Value([Won(1, 100, "2026-03-01T08:00:00Z"), Won(2, 50, "2026-03-01T09:00:00Z")]).Of(10);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((client.Purchases, client.Revenue, client.AverageOrderValue), Is.EqualTo((2, 150m, (decimal?)75)));
            Assert.That(client.Relationship?.Gap, Is.EqualTo(new TypicalGap(90, GapSource.Assumed)));
        }
    }

    [Test]
    public void A_contact_has_all_its_purchases_on_its_card_and_its_direct_ones_as_a_client()
    {
        var report = Value([Won(1, 100, company: 10, contact: 20), Won(2, 40, company: null, contact: 20)]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Of(20, CustomerScope.Contact).Revenue, Is.EqualTo(140));
            Assert.That(report.Of(20, CustomerScope.DirectContact).Revenue, Is.EqualTo(40));
            Assert.That(report.Account.Revenue, Is.EqualTo(140));
            Assert.That(report.Account.Reconciliation.Agrees, Is.True);
            Assert.That(report.Standings.Select(standing => standing.Key.Scope), Is.EquivalentTo(new[] { CustomerScope.Company, CustomerScope.DirectContact }));
        }
    }

    [Test]
    public void A_purchase_without_cost_takes_the_accounts_margin_and_is_marked()
    {
        // 40 of 100 earned where the cost is known: 40 percent of the 50 too.
        var client = Value([Costed(1, 100, "60"), Won(2, 50)], WithCosts).Of(10);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((client.Margin, client.EstimatedCosts), Is.EqualTo(((decimal?)60, 1)));
            Assert.That(client.HistoricalLtv, Is.EqualTo(60), "on margin");
            Assert.That(client.AverageOrderValue, Is.EqualTo(75), "a purchase's revenue");
        }
    }

    [Test]
    public void Ltv_stays_on_revenue_when_costs_cover_less_than_half_of_it()
    {
        var report = Value([Costed(1, 99, "60"), Won(2, 101)], WithCosts);
        var half = Value([Costed(1, 100, "60"), Won(2, 100)], WithCosts);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((report.Account.Basis, report.Of(10).HistoricalLtv), Is.EqualTo((Basis.Revenue, 200m)));
            Assert.That(report.Account.CostCoverage, Is.EqualTo(0.495));
            Assert.That((half.Account.Basis, half.Of(10).HistoricalLtv), Is.EqualTo((Basis.Margin, 80m)));
        }
    }

    [Test]
    public void A_fixed_margin_is_known_for_every_purchase()
    {
        var settings = new AccountSettings { Cost = new CostSettings { Kind = CostKind.FixedMargin, MarginPercent = 25 } };

        var report = Value([Won(1, 100), Won(2, 60)], settings);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((report.Account.Basis, report.Account.MarginPercent), Is.EqualTo((Basis.Margin, (decimal?)25)));
            Assert.That((report.Of(10).HistoricalLtv, report.Of(10).EstimatedCosts), Is.EqualTo((40m, 0)));
        }
    }

    [Test]
    public void A_negative_margin_is_shown_as_it_is_and_the_formula_does_not_go_below_it()
    {
        var client = Value([Costed(1, 100, "130")], WithCosts).Of(10);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(client.HistoricalLtv, Is.EqualTo(-30));
            Assert.That(client.FormulaLtv, Is.EqualTo(-90));
            Assert.That(client.Headline, Is.EqualTo(new Headline(-30, HeadlineKind.Formula, IsFloored: true)));
        }
    }

    [TestCase(100)]
    [TestCase(130)]
    public void Credit_notes_that_reach_the_revenue_leave_no_formula_the_last_tier_and_no_share(int credit)
    {
        var report = Value([Won(1, 100), CreditNote(2, credit), Won(3, 10, company: 11)], WithCreditNotes);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((report.Of(10).FormulaLtv, report.Of(10).NoFormulaReason), Is.EqualTo(((decimal?)null, (NoFormulaReason?)NoFormulaReason.ReturnsExceedPurchases)));
            Assert.That(report.Of(10).Headline, Is.EqualTo(new Headline(100 - credit, HeadlineKind.Historical, IsFloored: false)));
            Assert.That(report.Standings.Single(standing => standing.Key.Id == 10), Has.Property("Tier").EqualTo("C").And.Property("Share").EqualTo(0));
        }
    }

    [Test]
    public void Credit_notes_alone_make_nobody_a_client_and_still_reconcile()
    {
        var report = Value([CreditNote(1, 30), Won(2, 100, company: 11)], WithCreditNotes);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((report.Of(10).Ltv, report.Of(10).Revenue), Is.EqualTo(((decimal?)null, -30m)));
            Assert.That(report.Standings.Select(standing => standing.Key.Id), Is.EqualTo(new long[] { 11 }));
            Assert.That((report.Account.Revenue, report.Account.Clients, report.Account.Reconciliation.Agrees), Is.EqualTo((70m, 1, true)));
        }
    }

    [Test]
    public void A_credit_note_takes_its_margin_off_too()
    {
        var settings = WithCosts with { Returns = WithCreditNotes.Returns };

        // Earned 100 - 60; 50 went back at the account's 40 percent.
        Assert.That(Value([Costed(1, 100, "60"), CreditNote(2, 50)], settings).Of(10).Margin, Is.EqualTo(20));
    }

    [Test]
    public void Everything_before_the_period_leaves_no_number_and_keeps_the_history()
    {
        var settings = new AccountSettings { PeriodMonths = 12 };

        var report = Value([Won(1, 100, "2024-01-10"), Won(2, 100, "2024-05-10")], settings);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((report.Of(10).Ltv, report.Of(10).FormulaLtv, report.Of(10).NoFormulaReason), Is.EqualTo(((decimal?)null, (decimal?)null, (NoFormulaReason?)NoFormulaReason.NoPurchasesInPeriod)));
            Assert.That(report.Of(10).Relationship?.First, Is.EqualTo(new DateOnly(2024, 1, 10)));
            Assert.That((report.Account.Clients, report.Account.ClientsEver), Is.EqualTo((0, 1)));
            Assert.That(report.Account.Leads.Excluded[ExclusionReason.OutsidePeriod], Is.EqualTo(2));
        }
    }

    [Test]
    public void A_period_does_not_change_how_often_a_client_buys()
    {
        Lead[] leads = [Won(1, 100, "2024-11-01"), Won(2, 300, "2026-06-01"), Won(3, 100, "2025-01-01")];

        var client = Value(leads, new AccountSettings { PeriodMonths = 12 }).Of(10);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((client.Purchases, client.Revenue, client.AverageOrderValue), Is.EqualTo((1, 300m, (decimal?)300)));
            Assert.That(client.PurchasesPerYear, Is.EqualTo(1.5), "three purchases in two years");
        }
    }

    [TestCase(HeadlineKind.Formula, 300, HeadlineKind.Formula)]
    [TestCase(HeadlineKind.Historical, 100, HeadlineKind.Historical)]
    [TestCase(HeadlineKind.Total, 300, HeadlineKind.Formula)]
    public void The_headline_is_the_admins_choice_and_total_falls_back_to_the_formula(HeadlineKind chosen, int ltv, HeadlineKind kind)
    {
        var client = Value([Won(1, 100)], new AccountSettings { Headline = chosen }).Of(10);

        Assert.That(client.Headline, Is.EqualTo(new Headline(ltv, kind, IsFloored: false)));
    }

    private static Lead Costed(long id, decimal price, string cost) =>
        Won(id, price) with { Fields = new Dictionary<FieldId, string> { [Cost] = cost } };

    private static Lead CreditNote(long id, decimal price) =>
        Won(id, price) with { Stage = Stage(600), Entries = [new(Stage(600), At("2026-04-01"))] };
}
