using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Tests.Valuation;

/// <summary>
/// Worked by hand: fourteen clients, lost at 1, 2, 3, 4, 11 years, still there at 1, 3, 5, 6, 7, 8, 9, 10, 12.
/// At risk: 14 at 1, 12 at 2, 11 at 3, 9 at 4; so τ = 3 and S = 13/14 · 11/12 · 10/11.
/// Area = 1 + 13/14 + 13/14 · 11/12 = 2.779762; person-years = 82; tail = 0.773810 · 82 / 6 = 10.575397.
/// </summary>
public sealed class KaplanMeierTests
{
    private static readonly Observation[] Table =
    [
        .. new double[] { 11, 4, 3, 2, 1 }.Select(years => new Observation(years, IsLost: true)),
        .. new double[] { 12, 10, 9, 8, 7, 6, 5, 3, 1 }.Select(years => new Observation(years, IsLost: false)),
    ];

    [Test]
    public void Mean_is_the_area_up_to_tau_and_the_tail_beyond_it()
    {
        var curve = KaplanMeier.Estimate(Table);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((curve.Subjects, curve.Events, curve.PersonYears, curve.TauYears), Is.EqualTo((14, 5, 82.0, 3.0)));
            Assert.That(curve.AreaYears, Is.EqualTo(2.779762).Within(1e-6));
            Assert.That(curve.SurvivalAtTau, Is.EqualTo(0.773810).Within(1e-6));
            Assert.That(curve.TailYears, Is.EqualTo(10.575397).Within(1e-6));
            Assert.That(curve.MeanYears, Is.EqualTo(13.355159).Within(1e-6));
        }
    }

    [Test]
    public void Order_of_clients_is_irrelevant() =>
        Assert.That(KaplanMeier.Estimate(Table.Reverse()), Is.EqualTo(KaplanMeier.Estimate(Table)));

    [Test]
    public void The_estimate_is_cut_at_ten_years_unless_the_account_says_otherwise()
    {
        using (Assert.EnterMultipleScope())
        {
            var capped = CustomerLifetime.Of(Table, new LifetimeSettings());
            Assert.That((capped.Years, capped.Source, capped.IsCapped), Is.EqualTo((10.0, LifetimeSource.Estimated, true)));
            Assert.That(capped.ShareBeyondTau, Is.EqualTo(0.722024).Within(1e-6));

            var free = CustomerLifetime.Of(Table, new LifetimeSettings { MaximumYears = 20 });
            Assert.That((free.Source, free.IsCapped), Is.EqualTo((LifetimeSource.Estimated, false)));
            Assert.That(free.Years, Is.EqualTo(13.355159).Within(1e-6));
            Assert.That(free.ShareBeyondTau, Is.EqualTo(0.791859).Within(1e-6));
        }
    }

    [Test]
    public void Fewer_than_five_losses_leave_the_number_of_the_admin_or_three_years()
    {
        var four = Table.Where(client => client.Years != 11);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(CustomerLifetime.Of(four, new LifetimeSettings()), Is.EqualTo(new CustomerLifetime(3, LifetimeSource.Assumed, 13, 4, 3, null, IsCapped: false)));
            Assert.That(CustomerLifetime.Of(four, new LifetimeSettings { AssumedYears = 4.5 }).Years, Is.EqualTo(4.5));
            Assert.That(CustomerLifetime.Of([], new LifetimeSettings()).Years, Is.EqualTo(3));
        }
    }

    [Test]
    public void The_admin_may_fix_the_number()
    {
        var lifetime = CustomerLifetime.Of(Table, new LifetimeSettings { FixedYears = 12 });

        Assert.That((lifetime.Years, lifetime.Source, lifetime.Events), Is.EqualTo((12.0, LifetimeSource.Fixed, 5)));
    }

    [Test]
    public void With_fewer_than_ten_clients_the_mean_rests_on_the_rate_of_loss_alone()
    {
        var curve = KaplanMeier.Estimate(Enumerable.Range(1, 5).Select(years => new Observation(years, IsLost: true)));

        Assert.That((curve.TauYears, curve.AreaYears, curve.MeanYears), Is.EqualTo((0.0, 0.0, 15.0 / 6)));
    }

    [Test]
    public void Clients_that_are_all_lost_at_once_lived_that_long()
    {
        var curve = KaplanMeier.Estimate(Enumerable.Repeat(new Observation(2, IsLost: true), 10));

        Assert.That((curve.MeanYears, curve.TailYears), Is.EqualTo((2.0, 0.0)));
    }
}
