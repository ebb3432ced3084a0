using AmoLtv.Core.Attribution;
using AmoLtv.Core.Valuation;
using FsCheck;
using FsCheck.Fluent;
using static AmoLtv.Core.Tests.Leads;

namespace AmoLtv.Core.Tests.Attribution;

public sealed class ScenarioTests
{
    private static readonly ScenarioInputs Inputs = new()
    {
        AverageOrderValue = 1000,
        PurchasesPerYear = 2,
        LifetimeYears = 3,
        MarginPercent = 40,
        NewClientsPerMonth = 5,
        Cac = 200,
        KnownClientsValue = 100_000,
        KnownClientsInterval = new MoneyInterval(80_000, 125_000),
    };

    [Test]
    public void Sliders_at_rest_leave_today()
    {
        var scenario = Scenario.Of(Inputs, new ScenarioMoves());

        Assert.That(scenario.Moved, Is.EqualTo(scenario.Today));
    }

    [Test]
    public void Today_is_the_formula_and_the_forecast()
    {
        var today = ScenarioFigures.Of(Inputs);

        using (Assert.EnterMultipleScope())
        {
            // 1000 × 40 % × 2 × 3.
            Assert.That(today.Ltv, Is.EqualTo(2400));
            Assert.That(today.LtvToCac, Is.EqualTo(12));
            Assert.That(today.YearlyRetention, Is.EqualTo(Math.Exp(-1 / 3.0)).Within(1e-12));
            Assert.That(today.AcquisitionSpend, Is.EqualTo(12_000));
            // 5 a month × 400 × Σ (1 + 5 (1 − exp(−(11.5 − month) / 36))), worked apart.
            Assert.That(today.NewClientsValue, Is.EqualTo(NewClientsByHand()).Within(0.01m));
            Assert.That(today.Value, Is.EqualTo(100_000 + today.NewClientsValue));
            Assert.That(today.ValueLessSpend, Is.EqualTo(today.Value - 12_000));
        }
    }

    [Test]
    public void Ten_percent_on_the_average_order_value_is_ten_percent_on_everything_it_makes()
    {
        var (today, moved) = Of(new() { AverageOrderValuePercent = 10 });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(moved.Ltv, Is.EqualTo(2640));
            Assert.That(moved.KnownClientsValue, Is.EqualTo(110_000));
            Assert.That(moved.KnownClientsInterval, Is.EqualTo(new MoneyInterval(88_000, 137_500)));
            Assert.That(moved.NewClientsValue, Is.EqualTo(today.NewClientsValue * 1.1m).Within(0.01m));
            Assert.That(moved.AcquisitionSpend, Is.EqualTo(today.AcquisitionSpend));
        }
    }

    [Test]
    public void Margin_moves_by_points()
    {
        var (_, moved) = Of(new() { MarginPoints = 10 });

        Assert.That((moved.Ltv, moved.KnownClientsValue), Is.EqualTo((3000m, 125_000m)));
    }

    [Test]
    public void Margin_has_no_effect_on_revenue()
    {
        var scenario = Scenario.Of(Inputs with { MarginPercent = null }, new ScenarioMoves { MarginPoints = 10 });

        Assert.That(scenario.Moved, Is.EqualTo(scenario.Today));
    }

    [Test]
    public void Retention_lengthens_the_lifetime_through_the_even_rate_of_loss()
    {
        var (today, moved) = Of(new() { RetentionPoints = 5 });
        var lifetime = -1 / Math.Log(Math.Exp(-1 / 3.0) + 0.05);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(moved.YearlyRetention, Is.EqualTo(today.YearlyRetention + 0.05).Within(1e-12));
            Assert.That(moved.LifetimeYears, Is.EqualTo(lifetime).Within(1e-12));
            Assert.That((double)moved.Ltv, Is.EqualTo(800 * lifetime).Within(0.01));
            var stay = lifetime * (1 - Math.Exp(-1 / lifetime)) / (3 * (1 - Math.Exp(-1 / 3.0)));
            Assert.That((double)moved.KnownClientsValue, Is.EqualTo(100_000 * stay).Within(0.01));
        }
    }

    [TestCase(100, 10)]
    [TestCase(-100, 1 / 12.0)]
    public void A_lifetime_stays_between_a_month_and_the_accounts_limit(double points, double years) =>
        Assert.That(Of(new() { RetentionPoints = points }).Moved.LifetimeYears, Is.EqualTo(years));

    [Test]
    public void New_clients_bring_value_and_cost_money()
    {
        var (today, moved) = Of(new() { NewClientsPercent = 100 });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(moved.NewClientsValue, Is.EqualTo(today.NewClientsValue * 2).Within(0.01m));
            Assert.That(moved.AcquisitionSpend, Is.EqualTo(24_000));
            Assert.That((moved.Ltv, moved.KnownClientsValue), Is.EqualTo((today.Ltv, today.KnownClientsValue)));
        }
    }

    [Test]
    public void Cost_of_acquiring_moves_the_ratio_and_the_spend_alone()
    {
        var (today, moved) = Of(new() { CacPercent = -50 });

        Assert.That(moved, Is.EqualTo(today with { LtvToCac = 24, AcquisitionSpend = 6000 }));
    }

    [Test]
    public void A_client_that_buys_once_has_bought_once() =>
        // Half a purchase in a lifetime: the one that made it a client still counts.
        Assert.That(ScenarioFigures.Of(Inputs with { PurchasesPerYear = 0.5, LifetimeYears = 1 }).NewClientsValue, Is.EqualTo(60 * 400));

    [TestCase(-101)]
    [TestCase(1001)]
    [TestCase(double.NaN)]
    public void A_move_out_of_range_is_refused(double percent) =>
        Assert.That(() => Of(new() { AverageOrderValuePercent = percent }), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void Moving_up_never_lowers_the_year_and_dearer_clients_never_raise_it() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
            {
                var random = new Random(seed);
                var inputs = Inputs with
                {
                    PurchasesPerYear = random.NextDouble() * 10,
                    LifetimeYears = 0.1 + (random.NextDouble() * 12),
                    NewClientsPerMonth = random.Next(20),
                    MarginPercent = random.Next(2) == 0 ? null : random.Next(1, 100),
                };
                var up = random.NextDouble() * 50;
                var today = ScenarioFigures.Of(inputs);
                ScenarioMoves[] better = [new() { RetentionPoints = up }, new() { AverageOrderValuePercent = up }, new() { FrequencyPercent = up }, new() { MarginPoints = up }, new() { NewClientsPercent = up }];
                return better.All(move => Scenario.Of(inputs, move) is { Moved: var moved } && moved.Value >= today.Value && moved.Ltv >= today.Ltv)
                    && Scenario.Of(inputs, new() { CacPercent = up }).Moved.ValueLessSpend <= today.ValueLessSpend;
            })
            .Check(Config.QuickThrowOnFailure);

    [Test]
    public void Without_a_forecast_the_clients_that_are_left_buy_as_the_formula_says()
    {
        var account = Value([Won(1, 100, "2026-03-01", 1), Won(2, 300, "2026-09-01", 1), Won(3, 200, "2026-10-01", 2)]).Account;

        var inputs = ScenarioInputs.Of(account, 2, cac: null, forecast: null, interval: null)!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(inputs.AverageOrderValue, Is.EqualTo(200));
            Assert.That(inputs.MarginPercent, Is.Null);
            // Two clients, 1.5 purchases a year on average, three years assumed.
            Assert.That((double)inputs.KnownClientsValue, Is.EqualTo(2 * 200 * 1.5 * 3 * (1 - Math.Exp(-1 / 3.0))).Within(0.01));
            Assert.That(ScenarioInputs.Of(account, 2, null, forecast: 777, new MoneyInterval(700, 900))!.KnownClientsValue, Is.EqualTo(777));
            Assert.That(ScenarioInputs.Of(Value([]).Account, 2, null, null, null), Is.Null);
        }
    }

    private static (ScenarioFigures Today, ScenarioFigures Moved) Of(ScenarioMoves moves) =>
        Scenario.Of(Inputs, moves) is var scenario ? (scenario.Today, scenario.Moved) : default;

    private static decimal NewClientsByHand()
    {
        var purchases = 0.0;
        for (var left = 11.5; left > 0; left--)
        {
            purchases += 5 * (1 + (5 * (1 - Math.Exp(-left / 36))));
        }

        return (decimal)(400 * purchases);
    }
}
