using AmoLtv.Core.Attribution;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Tests.Segmentation;

namespace AmoLtv.Core.Tests.Attribution;

[Category("Slow")]
public sealed class DriversTests
{
    private static readonly double[] SchoolEffects = [28, 8, -3, 7, -1, 1, 18, 12];
    private static readonly double[] SchoolErrors = [15, 10, 16, 11, 9, 11, 10, 18];

    [Test]
    public void Eight_schools_lean_on_each_other_as_published()
    {
        // Gelman et al., Bayesian Data Analysis, 3rd ed., table 5.3: posterior medians of 200 draws under a flat prior.
        double[] published = [10, 8, 7, 8, 5, 6, 10, 8];

        var pooled = PartialPooling.Of(SchoolEffects, SchoolErrors, scale: 100);

        Assert.That(pooled.Estimates.Select(estimate => estimate.Mean), Is.EqualTo(published).Within(1.5));
    }

    [Test]
    public void Eight_schools_agree_with_an_integral_over_a_fine_grid_of_logarithms()
    {
        // Trapezoids over 40,000 points of ln τ from 1e-4 to 1e5, half-Cauchy prior of scale 25.
        double[] means = [10.941, 7.881, 6.346, 7.657, 5.371, 6.310, 10.377, 8.362];

        var pooled = PartialPooling.Of(SchoolEffects, SchoolErrors, scale: 25);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pooled.Estimates.Select(estimate => estimate.Mean), Is.EqualTo(means).Within(0.01));
            Assert.That(pooled.Spread, Is.EqualTo(5.898).Within(0.02));
            Assert.That(pooled.Estimates.All(estimate => estimate.Low < estimate.Mean && estimate.Mean < estimate.High));
        }
    }

    [Test]
    public void Groups_measured_exactly_keep_their_means()
    {
        var pooled = PartialPooling.Of([1, 2, 4], [1e-4, 1e-4, 1e-4], scale: 1);

        Assert.That(pooled.Estimates.Select(estimate => estimate.Mean), Is.EqualTo(new double[] { 1, 2, 4 }).Within(1e-3));
    }

    [Test]
    public void A_level_that_doubles_ltv_is_found_with_its_clients_and_interval()
    {
        var random = new Random(7);
        var values = Base(random, 400, id => id % 4 == 0 ? 2 : 1);

        var driver = Drivers.Of(values, [Trait(values, id => id % 4 == 0 ? "referral" : "ads")]).Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(driver.Levels.Select(level => (level.Level, level.Clients)), Is.EqualTo(new[] { ("referral", 100), ("ads", 300) }));
            Assert.That(driver.Levels.Select(level => level.Effect!.Value.IsClear), Is.All.True);
            // 2 against the base's geometric mean 2^(1/4): +68 %; 1 against it: −16 %.
            Assert.That(driver.Levels[0].Effect!.Value.LowPercent, Is.LessThan(68));
            Assert.That(driver.Levels[0].Effect!.Value.HighPercent, Is.GreaterThan(68));
            Assert.That(driver.Levels[1].Effect!.Value.Percent, Is.EqualTo(-16).Within(8));
        }
    }

    [Test]
    public void Of_levels_that_mean_nothing_hardly_any_is_clear()
    {
        var (clear, all) = (0, 0);
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var values = Base(random, 200, _ => 1);
            var levels = Drivers.Of(values, [Trait(values, _ => $"level {random.Next(20)}")]).Single().Levels;
            clear += levels.Count(level => level.Effect!.Value.IsClear);
            all += levels.Count;
        }

        Assert.That((double)clear / all, Is.LessThan(0.02));
    }

    [Test]
    public void Intervals_hold_the_true_effect_about_as_often_as_they_say()
    {
        var (held, all) = (0, 0);
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            double[] truth = [.. Enumerable.Range(0, 10).Select(_ => 0.5 * Normal(random))];
            var values = Base(random, 300, id => Math.Exp(truth[id % 10]));
            foreach (var level in Drivers.Of(values, [Trait(values, id => $"{id % 10}")]).Single().Levels)
            {
                var effect = 100 * (Math.Exp(truth[level.Level[0] - '0'] - truth.Average()) - 1);
                held += level.Effect!.Value.LowPercent <= effect && effect <= level.Effect.Value.HighPercent ? 1 : 0;
                all++;
            }
        }

        Assert.That((double)held / all, Is.InRange(0.92, 0.985));
    }

    [Test]
    public void A_single_rich_client_makes_no_clear_level()
    {
        var values = Base(new Random(3), 60, id => id == 60 ? 1000 : 1);

        var effect = Drivers.Of(values, [Trait(values, id => id >= 58 ? "rare" : "usual")]).Single().Levels.Single(level => level.Level == "rare").Effect!.Value;

        Assert.That(effect.IsClear, Is.False);
    }

    [Test]
    public void Too_few_clients_or_a_single_level_have_counts_and_no_effect()
    {
        var few = Base(new Random(1), 9, _ => 1);
        var many = Base(new Random(1), 50, _ => 1);
        DriverTrait[] traits = [Trait(few, id => id % 2 == 0 ? "a" : "b"), Trait(many, _ => "a"), Trait(many, id => $"{id}")];

        var drivers = traits.Select((trait, index) => Drivers.Of(index == 0 ? few : many, [trait]).Single()).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(drivers.Select(driver => driver.SpreadPercent), Is.All.Null);
            Assert.That(drivers.SelectMany(driver => driver.Levels).Select(level => level.Effect), Is.All.Null);
            Assert.That(drivers.Select(driver => driver.Clients), Is.EqualTo(new[] { 9, 50, 50 }));
        }
    }

    [Test]
    public void Equal_values_are_no_certainty_and_no_effect()
    {
        var values = Enumerable.Range(1, 40).ToDictionary(id => Company(id), _ => 100m);

        var driver = Drivers.Of(values, [Trait(values, id => id % 2 == 0 ? "a" : "b")]).Single();

        Assert.That(driver.Levels.Select(level => (Math.Round(level.Effect!.Value.Percent, 6), level.Effect.Value.IsClear)), Is.All.EqualTo((0.0, false)));
    }

    [Test]
    public void Numbers_are_cut_into_parts_of_as_many_clients_and_equal_ones_stay_together()
    {
        var trait = DriverTrait.OfNumbers("first purchase", Enumerable.Range(1, 9).ToDictionary(id => Company(id), id => id < 8 ? id * 10m : 80m));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(trait.Levels.Values.CountBy(level => level), Is.EquivalentTo(new KeyValuePair<string, int>[] { new("10..30", 3), new("40..60", 3), new("70..80", 3) }));
            Assert.That(DriverTrait.OfNumbers("grade", Enumerable.Range(1, 5).ToDictionary(id => Company(id), _ => 5m)).Levels.Values, Is.All.EqualTo("5"));
            Assert.That(() => DriverTrait.OfNumbers("grade", new Dictionary<CustomerKey, decimal>(), 1), Throws.TypeOf<ArgumentOutOfRangeException>());
        }
    }

    [Test]
    public void Whatever_the_base_levels_sum_to_it_effects_are_finite_and_order_is_irrelevant() => Bases.ForAll(clients =>
    {
        var values = clients.ToDictionary(client => client.Key, client => Math.Max(0, client.Ltv ?? 0) * (client.Key.Id % 9 == 0 ? 1_000_000_000 : 1));
        DriverTrait[] traits = [Trait(values, id => $"{id % 3}"), Trait(values, id => $"{id % 11}") with { Name = "other" }];
        var drivers = Drivers.Of(values, traits);
        return drivers.All(driver =>
                driver.Levels.Sum(level => level.Value) == values.Values.Sum() && driver.Levels.Sum(level => level.Clients) == values.Count
                && driver.Levels.All(level => level.Effect is not { } effect || (double.IsFinite(effect.Percent) && effect.LowPercent <= effect.Percent && effect.Percent <= effect.HighPercent)))
            && drivers.Zip(Drivers.Of(values.Reverse().ToDictionary(), traits.Reverse())).All(pair => pair.First.Name == pair.Second.Name && pair.First.Levels.SequenceEqual(pair.Second.Levels));
    });

    [Test]
    public void Texts_are_levels_and_those_of_few_clients_stand_together()
    {
        var texts = new Dictionary<CustomerKey, string>
        {
            [Company(1)] = "retail", [Company(2)] = " retail ", [Company(3)] = "bank", [Company(4)] = "bank", [Company(5)] = "farm", [Company(6)] = "  ", [Company(7)] = "port",
        };

        var trait = DriverTrait.OfTexts("industry", texts, most: 2);

        Assert.That(trait.Levels.OrderBy(level => level.Key.Id).Select(level => level.Value), Is.EqualTo(new[] { "retail", "retail", "bank", "bank", "*", "*" }));
        Assert.That(() => DriverTrait.OfTexts("industry", texts, most: 1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    private static Dictionary<CustomerKey, decimal> Base(Random random, int clients, Func<int, double> factor) =>
        Enumerable.Range(1, clients).ToDictionary(id => Company(id), id => Math.Round((decimal)(1000 * factor(id) * Math.Exp(0.7 * Normal(random))), 2));

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static DriverTrait Trait(Dictionary<CustomerKey, decimal> values, Func<int, string> level) =>
        new("channel", values.Keys.ToDictionary(key => key, key => level((int)key.Id)));

    private static CustomerKey Company(long id) => new(CustomerScope.Company, id);
}
