using AmoLtv.Core.Forecasting.Fitting;
using AmoLtv.Core.Forecasting.Retention;

namespace AmoLtv.Core.Tests.Forecasting;

[TestFixture]
public sealed class RetentionTests
{
    // Survivors in percent, years 1 to 12 (Fader and Hardie 2007).
    private static readonly double[] HighEnd = [86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1, 46.8, 44.5, 42.7, 40.9, 39.4];
    private static readonly double[] Regular = [63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1, 22.3, 20.7, 19.4, 18.3, 17.3];

    private static readonly object[] Published =
    [
        new object[] { HighEnd, 7, .6681, 3.8061, -1611.158, new[] { .460, .436, .414, .395, .378 }, 2.83 },
        new object[] { Regular, 7, .7041, 1.1820, -1680.265, new[] { .220, .204, .191, .180, .170 }, 1.49 },
        new object[] { HighEnd, 5, .8754, 5.1617, double.NaN, Array.Empty<double>(), 7.51 },
        new object[] { Regular, 5, .7370, 1.2453, double.NaN, Array.Empty<double>(), 3.84 },
    ];

    [TestCaseSource(nameof(Published))]
    public void Renewal_model_gives_the_published_fit_and_forecast(double[] survivors, int years, double alpha, double beta, double logLikelihood, double[] forecast, double mape)
    {
        var fit = ShiftedBetaGeometric.Fit(Contracts(survivors, years));

        Assert.Multiple(() =>
        {
            Assert.That(fit.Model!.Alpha, Is.EqualTo(alpha).Within(6e-5));
            Assert.That(fit.Model.Beta, Is.EqualTo(beta).Within(6e-5));
            Assert.That(double.IsNaN(logLikelihood) || Math.Abs(fit.LogLikelihood - logLikelihood) < 0.001);
            Assert.That(forecast.Select((_, i) => fit.Model.Survival(years + 1 + i)), Is.EqualTo(forecast).Within(6e-4));
            var errors = Enumerable.Range(years + 1, 12 - years).Average(t => Math.Abs(fit.Model.Survival(t) / (survivors[t - 1] / 100) - 1));
            Assert.That(100 * errors, Is.EqualTo(mape).Within(0.006));
        });
    }

    [Test]
    public void Residual_lifetime_counts_the_renewal_at_hand_undiscounted()
    {
        var model = ShiftedBetaGeometric.Fit(Contracts(HighEnd, 7)).Model!;

        Assert.Multiple(() =>
        {
            Assert.That(model.ResidualLifetime(7, .10), Is.EqualTo(7.345).Within(0.0006));
            Assert.That(model.ResidualLifetime(7, .10, 1), Is.EqualTo(model.RetentionRate(7)));
            Assert.That(model.ResidualLifetime(7, .20), Is.LessThan(model.ResidualLifetime(7, .10)));
        });
    }

    [Test]
    public void Losses_and_survivors_of_the_renewal_model_sum_to_one()
    {
        var model = new ShiftedBetaGeometric(.668, 3.806);

        Assert.That(Enumerable.Range(1, 9).Sum(model.ProbabilityOfLoss) + model.Survival(9), Is.EqualTo(1).Within(1e-12));
    }

    [Test]
    public void Renewal_model_refuses_contracts_nobody_left() =>
        Assert.That(ShiftedBetaGeometric.Fit([new RenewalCount(3, false, 50)]).Refusal, Is.EqualTo(FitRefusal.NoRepeatPurchases));

    // Freireich et al. (1963), remission under 6-MP in weeks: the product-limit table of the textbooks.
    [Test]
    public void Retention_curve_is_the_product_limit_with_greenwood_band()
    {
        (double Time, bool IsLost)[] weeks =
        [
            (6, true), (6, true), (6, true), (6, false), (7, true), (9, false), (10, true), (10, false), (11, false), (13, true), (16, true),
            (17, false), (19, false), (20, false), (22, true), (23, true), (25, false), (32, false), (32, false), (34, false), (35, false),
        ];

        var curve = RetentionCurve.Estimate(weeks.Select(week => new FollowedCustomer(week.Time, week.IsLost)));

        Assert.Multiple(() =>
        {
            Assert.That(curve.Points.Select(point => point.Time), Is.EqualTo(new double[] { 6, 7, 10, 13, 16, 22, 23 }));
            Assert.That(curve.Points.Select(point => point.Share), Is.EqualTo(new[] { .8571, .8067, .7529, .6902, .6275, .5378, .4482 }).Within(6e-5));
            Assert.That(curve.Points[0].Low, Is.EqualTo(.6197).Within(6e-5));
            Assert.That(curve.Points[0].High, Is.EqualTo(.9516).Within(6e-5));
            Assert.That(curve.ShareAt(5), Is.EqualTo(1));
            Assert.That(curve.ShareAt(12), Is.EqualTo(curve.Points[2].Share));
        });
    }

    [Test]
    public void Retention_curve_of_nobody_is_empty_and_of_all_lost_ends_at_zero()
    {
        Assert.Multiple(() =>
        {
            Assert.That(RetentionCurve.Estimate([]).Points, Is.Empty);
            Assert.That(RetentionCurve.Estimate([new(1, true), new(2, true)]).Points[^1], Is.EqualTo(new RetentionPoint(2, 1, 1, 0, 0, 0)));
        });
    }

    [TestCase(CohortPeriod.Month, 2)]
    [TestCase(CohortPeriod.Quarter, 1)]
    public void Cohorts_count_customers_once_and_money_whole(CohortPeriod period, int cohorts)
    {
        CohortPurchase[] purchases =
        [
            new(1, new DateOnly(2026, 1, 31), 100), new(1, new DateOnly(2026, 1, 31), 50), new(1, new DateOnly(2026, 3, 1), 10),
            new(2, new DateOnly(2026, 2, 1), 70), new(2, new DateOnly(2026, 4, 1), 5), new(3, new DateOnly(2026, 2, 28), 30), new(3, new DateOnly(2026, 5, 1), 999),
        ];

        var table = CohortTable.Build(purchases, period, new DateOnly(2026, 4, 30));

        Assert.Multiple(() =>
        {
            Assert.That(table.Cohorts, Has.Count.EqualTo(cohorts));
            Assert.That(table.Cohorts.Sum(cohort => cohort.Customers), Is.EqualTo(3));
            Assert.That(table.Cohorts.Sum(cohort => cohort.Cells[^1].Cumulative), Is.EqualTo(265m));
            Assert.That(table.Cohorts.All(cohort => cohort.Retention(0) == 1));
        });
    }

    [Test]
    public void Cohort_follows_its_customers_by_period()
    {
        CohortPurchase[] purchases = [new(1, new DateOnly(2025, 11, 5), 100), new(2, new DateOnly(2025, 11, 7), 60), new(2, new DateOnly(2026, 1, 7), 40)];

        var cohort = CohortTable.Build(purchases, CohortPeriod.Month, new DateOnly(2026, 1, 31)).Cohorts.Single();

        Assert.Multiple(() =>
        {
            Assert.That(cohort.Start, Is.EqualTo(new DateOnly(2025, 11, 1)));
            Assert.That(cohort.Cells, Is.EqualTo(new CohortCell[] { new(2, 160, 160), new(0, 0, 160), new(1, 40, 200) }));
            Assert.That(cohort.Retention(2), Is.EqualTo(.5));
            Assert.That(cohort.ValuePerCustomer(2), Is.EqualTo(100m));
        });
    }

    [Test]
    public void Credit_note_takes_off_from_its_cohort_and_makes_nobody_active()
    {
        CohortPurchase[] purchases =
        [
            new(1, new DateOnly(2025, 11, 5), 100), new(1, new DateOnly(2025, 12, 7), -30, IsCreditNote: true),
            new(1, new DateOnly(2025, 10, 1), -5, IsCreditNote: true), new(2, new DateOnly(2025, 11, 1), -9, IsCreditNote: true),
        ];

        var cohort = CohortTable.Build(purchases, CohortPeriod.Month, new DateOnly(2025, 12, 31)).Cohorts.Single();

        Assert.That((cohort.Start, cohort.Customers), Is.EqualTo((new DateOnly(2025, 11, 1), 1)));
        Assert.That(cohort.Cells, Is.EqualTo(new CohortCell[] { new(1, 95, 95), new(0, -30, 65) }));
    }

    [Test]
    public void Client_renews_a_whole_year_by_buying_between_two_anniversaries()
    {
        DateOnly[] firsts = [new(2022, 6, 1), new(2022, 6, 1), new(2025, 1, 1), new(2022, 6, 1)];
        (int, DateOnly)[] purchases =
        [
            (0, new(2022, 6, 1)), (0, new(2023, 6, 1)), (0, new(2025, 5, 31)),
            (1, new(2022, 6, 1)), (1, new(2023, 5, 31)), (1, new(2025, 1, 1)),
            (2, new(2025, 1, 1)),
            (3, new(2022, 6, 1)), (3, new(2024, 1, 1)), (3, new(2024, 7, 1)),
        ];

        var counts = AnnualRenewals.Count(firsts, purchases, new DateOnly(2025, 12, 31));

        // By the end of 2025 three years are whole: the first client bought in all of them, the second not in the second,
        // the third has not had two, the fourth is like the first.
        Assert.That(counts, Is.EquivalentTo(new RenewalCount[] { new(2, false, 2), new(1, true, 1), new(0, false, 1) }));
    }

    private static IEnumerable<RenewalCount> Contracts(double[] survivors, int years)
    {
        double before = 1000;
        for (var t = 1; t <= years; t++)
        {
            yield return new RenewalCount(t, true, before - 10 * survivors[t - 1]);
            before = 10 * survivors[t - 1];
        }

        yield return new RenewalCount(years, false, before);
    }
}
