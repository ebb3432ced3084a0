using AmoLtv.Core.Forecasting.Purchases;

namespace AmoLtv.Core.Tests.Forecasting;

[TestFixture]
public sealed class PurchaseModelTests
{
    private static readonly double YearRate = Math.Log(1.15) / 52;

    // Summary; log-likelihood, P(alive), expected purchases in 39 and in 52 weeks: BG/NBD, MBG/NBD, Pareto/NBD; Pareto DERT at 15 % a year.
    private static readonly double[][] GoldenPoints =
    [
        [2, 30.43, 38.86, -9.458606, .726579, 1.226028, 1.558721, -9.485551, .706202, 1.262961, 1.597217, -9.554283, .869168, 1.455123, 1.850827, 6.501731],
        [0, 0, 38.86, -.554713, 1, .195098, .252073, -.539837, .389735, .154013, .197706, -.521046, .295287, .107081, .136201, .478458],
        [1, 1.71, 38.86, -4.469093, .212101, .203187, .259823, -4.460361, .170836, .188837, .240132, -4.450194, .168002, .171093, .217620, .764472],
        [7, 29.43, 38.86, -21.863276, .641756, 3.337053, 4.198856, -21.776522, .622724, 3.167572, 3.964734, -21.594643, .749501, 3.712251, 4.721754, 16.586952],
        [26, 30.86, 31, -37.726579, .968916, 20.749726, 25.758196, -38.322127, .965566, 19.450723, 24.003923, -39.131672, .997919, 20.117026, 25.458473, 86.289889],
        [4, 2, 38.86, -9.450903, .002072, .006438, .008135, -9.706609, .002795, .008723, .010966, -10.463057, .008004, .023897, .030396, .106776],
        [100, 38, 39, -21.621324, .925204, 63.831189, 79.704171, -24.737254, .923209, 60.019092, 74.517964, -30.854646, .961384, 63.239517, 80.443268, 282.755105],
    ];

    private static readonly PurchaseModel[] Models = [PublishedParameters.Bg, PublishedParameters.Mbg, PublishedParameters.Pareto];

    [TestCaseSource(nameof(GoldenPoints))]
    public void Models_give_the_published_points_for(double[] golden)
    {
        var history = new RepeatSummary((int)golden[0], golden[1], golden[2]);

        Assert.Multiple(() =>
        {
            for (var m = 0; m < Models.Length; m++)
            {
                var expected = golden.AsSpan(3 + 4 * m, 4).ToArray();
                double[] found =
                [
                    Models[m].LogLikelihood(history), Models[m].AliveProbability(history),
                    Models[m].ExpectedPurchases(history, 39), Models[m].ExpectedPurchases(history, 52),
                ];
                Assert.That(found, Is.EqualTo(expected).Within(1.001e-6), Models[m].Kind.ToString());
            }

            Assert.That(PublishedParameters.Pareto.DiscountedPurchases(history, YearRate, double.PositiveInfinity), Is.EqualTo(golden[15]).Within(1.001e-6));
        });
    }

    [TestCase(0.0, 20.616610)]
    [TestCase(.0027, 20.559650)]
    public void Discounted_residual_purchases_of_the_published_customer_agree(double rate, double expected)
    {
        var found = PublishedParameters.Pareto.DiscountedPurchases(new RepeatSummary(7, 35, 39), rate == 0 ? YearRate : rate, double.PositiveInfinity);

        Assert.That(found, Is.EqualTo(expected).Within(1e-6));
    }

    [Test]
    public void Pareto_discounts_by_the_closed_form_as_any_model_does_by_parts()
    {
        var history = new RepeatSummary(7, 35, 39);
        var exact = PublishedParameters.Pareto.DiscountedPurchases(history, YearRate, 52);
        var direct = Enumerable.Range(0, 52_000).Sum(i =>
            Math.Exp(-YearRate * (i + 0.5) / 1000)
            * (PublishedParameters.Pareto.ExpectedPurchases(history, (i + 1) / 1000.0) - PublishedParameters.Pareto.ExpectedPurchases(history, i / 1000.0)));

        Assert.That(exact, Is.EqualTo(direct).Within(1e-6));
    }

    [Test]
    public void Discounting_never_raises_and_agrees_with_a_sum_of_small_steps([Values(0, 1)] int model)
    {
        var history = new RepeatSummary(7, 35, 39);
        var direct = Enumerable.Range(0, 5200).Sum(i =>
            Math.Exp(-YearRate * (i + 0.5) / 100)
            * (Models[model].ExpectedPurchases(history, (i + 1) / 100.0) - Models[model].ExpectedPurchases(history, i / 100.0)));

        Assert.Multiple(() =>
        {
            Assert.That(Models[model].DiscountedPurchases(history, YearRate, 52), Is.EqualTo(direct).Within(1e-6));
            Assert.That(Models[model].DiscountedPurchases(history, YearRate, 52), Is.LessThan(Models[model].ExpectedPurchases(history, 52)));
        });
    }

    [Test]
    public void Bg_nbd_gives_the_published_counts_of_new_customers()
    {
        var after39 = new double[6];
        var after30 = new double[21];
        var after2 = new double[11];
        PublishedParameters.Bg.FillProbabilitiesOfNewCustomer(39, after39);
        PublishedParameters.Bg.FillProbabilitiesOfNewCustomer(30, after30);
        PublishedParameters.Bg.FillProbabilitiesOfNewCustomer(2, after2);

        Assert.Multiple(() =>
        {
            Assert.That(after39, Is.EqualTo(new[] { .5737864, .1993953, .08542976, .04586035, .02767145, .01796549 }).Within(5e-8));
            Assert.That(after2[10], Is.EqualTo(1.07869e-07).Within(5e-13));
            Assert.That(after30[11..], Is.EqualTo(new[]
            {
                .0019995214, .0015170236, .001163315, .0009003148, .0007023638, .0005517902, .0004361913, .0003467171, .0002769613, .000222226,
            }).Within(5e-10));
        });
    }

    [Test]
    public void Pareto_nbd_gives_the_published_mean_of_new_customers()
    {
        var means = Enumerable.Range(1, 9).Select(t => PublishedParameters.Pareto.ExpectedPurchasesOfNewCustomer(t)).ToArray();

        Assert.Multiple(() =>
        {
            Assert.That(means, Is.EqualTo(new[] { .05097984, .0995754, .14606119, .19066383, .23357292, .2749489, .31492889, .35363118, .39115858 }).Within(5e-9));
            Assert.That(PublishedParameters.Pareto.ExpectedPurchasesOfNewCustomer(52), Is.EqualTo(1.47299680).Within(5e-9));
        });
    }

    [TestCase(.6, .1, .7, 3, 300, 30, 30, 1000, 1897.0535)]
    public void Bg_nbd_stays_finite_where_the_textbook_form_does_not(double r, double alpha, double a, double b, int x, double recency, double age, double horizon, double expected)
    {
        var model = DropoutModel.BgNbd(r, alpha, a, b);

        var found = model.ExpectedPurchases(new RepeatSummary(x, recency, age), horizon) / model.AliveProbability(new RepeatSummary(x, recency, age));

        Assert.That(found, Is.EqualTo(expected).Within(5e-5));
    }

    [Test]
    public void Probabilities_sum_to_one_and_their_mean_is_the_expected_number([Values(0, 1, 2, 3, 4)] int model, [Values(0, 1, 7, 26)] int repeats, [Values(4.0, 39.0, 104.0)] double horizon)
    {
        PurchaseModel[] all = [.. Models, new NbdModel(.385, 12.07), new DropoutModel(PurchaseModelKind.MbgCnbd, .7, 3, .6, 2.1, 3)];
        var history = new RepeatSummary(repeats, repeats == 0 ? 0 : 29.43, 38.86);
        var probabilities = new double[3000];

        all[model].FillProbabilities(history, horizon, probabilities);

        Assert.Multiple(() =>
        {
            Assert.That(probabilities.Sum(), Is.EqualTo(1).Within(1e-9));
            Assert.That(probabilities.Select((p, y) => p * y).Sum(), Is.EqualTo(all[model].ExpectedPurchases(history, horizon)).Within(1e-6).Percent);
            Assert.That(all[model].RepeatProbability(history, horizon), Is.EqualTo(1 - probabilities[0]).Within(1e-12));
        });
    }

    [Test]
    public void Erlang_order_one_is_the_mbg_nbd([Values(0, 2, 26)] int repeats)
    {
        var history = new RepeatSummary(repeats, repeats == 0 ? 0 : 20, 38.86);
        var erlang = new DropoutModel(PurchaseModelKind.MbgCnbd, .525, 6.183, .891, 1.614, 1);

        Assert.Multiple(() =>
        {
            Assert.That(erlang.LogLikelihood(history), Is.EqualTo(PublishedParameters.Mbg.LogLikelihood(history)).Within(1e-12));
            Assert.That(erlang.ExpectedPurchases(history, 39), Is.EqualTo(PublishedParameters.Mbg.ExpectedPurchases(history, 39)).Within(1e-12));
        });
    }

    [Test]
    public void Expected_purchases_pass_through_a_equal_to_one_without_a_step()
    {
        var history = new RepeatSummary(3, 20, 30);
        var means = new[] { 1 - 1e-4, 1 - 1e-6, 1, 1 + 1e-6, 1 + 1e-4 }.Select(a => DropoutModel.BgNbd(.5, 4, a, 2).ExpectedPurchases(history, 39)).ToArray();

        Assert.Multiple(() =>
        {
            Assert.That(means, Is.Ordered.Descending);
            Assert.That(means[2], Is.EqualTo((means[0] + means[4]) / 2).Within(1e-7));
        });
    }

    [Test]
    public void Expected_purchases_agree_between_series_and_counting([Values(0.3, 0.8, 3)] double a, [Values(1, 20)] int repeats, [Values(2.0, 60.0)] double horizon)
    {
        var state = new DropoutState(0.5 + repeats, 14, a, 2.4 + repeats, 1);

        Assert.That(state.ExpectedPurchases(horizon), Is.EqualTo(state.ExpectedByCounting(horizon, 0)).Within(1e-8).Percent);
    }
}
