using AmoLtv.Core.Evaluation;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;
using static AmoLtv.Core.Tests.Leads;

namespace AmoLtv.Core.Tests;

/// <summary>The five examples that the product's definition works out.</summary>
public sealed class WorkedExamples
{
    private static readonly StageKey ReturnStage = Stage(500);

    [Test]
    public void Example_1_the_formula_takes_what_it_is_given_and_does_not_round_in_between()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(FormulaLtv.Of(35_000m, 1, 0.67), Is.EqualTo(23_450.00m));
            Assert.That(FormulaLtv.Of(35_000m, 1, 8.0 / 12), Is.EqualTo(23_333.33m));
        }
    }

    [Test]
    public void Example_2_the_headline_is_what_was_bought_when_the_formula_says_less()
    {
        var headline = Headline.Of(HeadlineKind.Formula, historical: 35_000m, formula: 23_450m, total: null);

        Assert.That(headline, Is.EqualTo(new Headline(35_000m, HeadlineKind.Formula, IsFloored: true)));
    }

    [Test]
    public void Example_2_holds_for_a_client_valued_from_its_lead()
    {
        // One purchase in twelve months, in an account whose clients buy twice a year: not lost yet.
        var settings = new AccountSettings { Lifetime = new LifetimeSettings { FixedYears = 0.67 } };
        Lead[] others = [Won(2, 1, "2025-05-01", company: 11), Won(3, 1, "2025-11-01", company: 11), Won(4, 1, "2026-05-01", company: 11)];

        var client = Value([Won(1, 35_000, "2025-11-01"), .. others], settings).Of(10);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(client.FormulaLtv, Is.EqualTo(23_450.00m));
            Assert.That(client.Relationship?.Months, Is.EqualTo(12));
            Assert.That(client.Ltv, Is.EqualTo(35_000.00m));
            Assert.That(client.Headline.IsFloored, Is.True);
        }
    }

    [Test]
    public void Example_3_a_client_without_purchases_has_no_ltv_which_is_not_0()
    {
        var report = Value([Won(1, 100, company: 10) with { Stage = Stage(143) }]);

        Assert.That(report.Customers, Is.Empty);
    }

    [Test]
    public void Example_4_a_purchase_removed_moved_or_reopened_leaves_the_numbers_as_if_it_had_never_been_there()
    {
        Lead[] others = [Won(1, 100, "2025-01-10"), Won(2, 250, "2025-06-10"), Won(3, 80, "2025-08-01", company: 11)];
        var extra = Won(9, 700, "2025-09-09", company: 10);
        var never = Numbers(Value(others));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Numbers(Value([.. others, extra])), Is.Not.EqualTo(never));
            Assert.That(Numbers(Value([.. others, extra with { IsDeleted = true }])), Is.EqualTo(never), "removed");
            Assert.That(Numbers(Value([.. others, extra with { Stage = Stage(300), ClosedAt = null }])), Is.EqualTo(never), "reopened");
            Assert.That(
                Value([.. others, extra with { Company = new CompanyId(11) }]).Of(10),
                Is.EqualTo(Value([.. others, Won(9, 700, "2025-09-09", company: 11)]).Of(10)),
                "moved");
        }
    }

    [Test]
    public void Example_5_a_lead_that_went_back_is_worth_0_and_not_minus_its_amount()
    {
        var settings = new AccountSettings { Returns = [new ReturnStage(ReturnStage, ReturnKind.Reversal)] };
        var lead = Won(1, 100) with { Stage = ReturnStage };

        var report = Value([lead], settings);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Classify(lead, settings).Reason, Is.EqualTo(ExclusionReason.Returned));
            Assert.That(report.Account.Revenue, Is.Zero);
            Assert.That(report.Customers, Is.Empty);
        }
    }

    [Test]
    public void Example_5_a_credit_note_is_taken_off_the_revenue_and_is_no_purchase()
    {
        var settings = new AccountSettings { Returns = [new ReturnStage(Stage(StageKey.Won.Value, pipeline: 2), ReturnKind.CreditNote)] };
        var note = Won(2, 30, "2026-04-01") with { Stage = Stage(StageKey.Won.Value, pipeline: 2) };

        var client = Value([Won(1, 100), note], settings).Of(10);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(client.Revenue, Is.EqualTo(70));
            Assert.That(client.Purchases, Is.EqualTo(1));
            Assert.That(client.AverageOrderValue, Is.EqualTo(70));
        }
    }

    private static List<object> Numbers(AccountReport report) => [.. report.Customers.Cast<object>(), .. report.Standings.Cast<object>()];
}
