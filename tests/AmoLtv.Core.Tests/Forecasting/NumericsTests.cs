using System.Runtime.Intrinsics;
using AmoLtv.Core.Forecasting.Numerics;
using AmoLtv.Core.Forecasting.Purchases;

namespace AmoLtv.Core.Tests.Forecasting;

[TestFixture]
public sealed class NumericsTests
{
    [TestCase(0.5, 0.57236494292470008)]
    [TestCase(1, 0)]
    [TestCase(10, 12.801827480081469)]
    [TestCase(0.001, 6.9071788853838537)]
    [TestCase(1000, 5905.2204232091812)]
    public void Log_gamma_agrees_with_the_tables(double x, double expected) =>
        Assert.That(GammaFunctions.Log(x), Is.EqualTo(expected).Within(1e-12));

    [TestCase(1, -0.57721566490153286)]
    [TestCase(0.25, -4.2274535333762654)]
    [TestCase(20, 2.9705239922421491)]
    public void Digamma_agrees_with_the_tables(double x, double expected) =>
        Assert.That(GammaFunctions.Digamma(x), Is.EqualTo(expected).Within(1e-13));

    [Test]
    public void Trigamma_of_one_is_pi_squared_over_six() =>
        Assert.That(GammaFunctions.Trigamma(1), Is.EqualTo(Math.PI * Math.PI / 6).Within(1e-13));

    [Test]
    public void Exponentials_of_four_values_are_those_of_each_to_a_unit_in_the_last_place()
    {
        var random = new Random(6);
        foreach (var x in Enumerable.Range(0, 40_000).Select(i => (random.NextDouble() - 0.5) * (i % 4 == 0 ? 1415 : i % 2 == 0 ? 60 : 1e-3)))
        {
            Assert.That(VectorMath.Exp(Vector256.Create(x))[0], Is.EqualTo(Math.Exp(x)).Within(2).Ulps, $"{x}");
        }

        Assert.That(
            new[] { 0, -709, -1e300, double.NegativeInfinity, 710, double.PositiveInfinity, double.NaN }.Select(x => VectorMath.Exp(Vector256.Create(x))[2]),
            Is.EqualTo(new[] { 1, 0, 0, 0, double.PositiveInfinity, double.PositiveInfinity, double.NaN }));
    }

    [Test]
    public void Logarithms_of_four_values_are_those_of_each_to_a_unit_in_the_last_place()
    {
        var random = new Random(8);
        foreach (var x in Enumerable.Range(0, 40_000).Select(i => i % 3 == 0 ? 1 + (random.NextDouble() - 0.5) * Math.Pow(10, -random.Next(12)) : Math.Pow(10, 610 * random.NextDouble() - 305)))
        {
            Assert.That(VectorMath.Log(Vector256.Create(x))[0], Is.EqualTo(Math.Log(x)).Within(2).Ulps, $"{x}");
        }

        Assert.That(
            new[] { 1, 0, -1, double.PositiveInfinity, double.NaN }.Select(x => VectorMath.Log(Vector256.Create(x))[3]),
            Is.EqualTo(new[] { 0, double.NegativeInfinity, double.NaN, double.PositiveInfinity, double.NaN }));
        Assert.That(VectorMath.Log(Vector256.Create(double.Epsilon))[1], Is.EqualTo(Math.Log(double.Epsilon)).Within(2).Ulps);
    }

    [Test]
    public void Normal_equations_give_the_solution_or_say_that_there_is_none()
    {
        Assert.That(NormalEquations.Solve([4, 2, 0, 2, 5, 1, 0, 1, 3], [8, 15, 11]), Is.EqualTo(new[] { 1.0, 2, 3 }).Within(1e-14));
        Assert.That(NormalEquations.Solve([1, 2, 2, 1], [1, 1]), Is.Null);
    }

    [Test]
    public void Gauss_legendre_is_exact_for_polynomials([Values(8, 16, 64)] int nodes) =>
        Assert.That(GaussLegendre.Rule(nodes).Integrate(x => Math.Pow(x, 2 * nodes - 1), 0, 1), Is.EqualTo(1.0 / (2 * nodes)).Within(1e-14));

    [Test]
    public void Hypergeometric_series_agrees_with_its_closed_forms()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Hypergeometric.Series(1, 1, 2, 0.5), Is.EqualTo(2 * Math.Log(2)).Within(1e-14));
            Assert.That(Hypergeometric.Series(-2, 3, 3, 0.3), Is.EqualTo(0.49).Within(1e-15));
        });
    }

    [Test]
    public void Minimizer_finds_the_bottom_of_a_curved_valley_and_the_edge_of_the_box()
    {
        static double Rosenbrock(ReadOnlySpan<double> x, Span<double> gradient)
        {
            var (a, b) = (1 - x[0], x[1] - x[0] * x[0]);
            gradient[0] = -2 * a - 400 * x[0] * b;
            gradient[1] = 200 * b;
            return a * a + 100 * b * b;
        }

        var inside = new BoundedMinimizer(-5, 5).Minimize(Rosenbrock, [-1.2, 1])!;
        var edge = new BoundedMinimizer(-5, 0.5).Minimize(Rosenbrock, [-1.2, 0.4])!;

        Assert.Multiple(() =>
        {
            Assert.That(inside.Point, Is.EqualTo(new[] { 1.0, 1 }).Within(1e-6));
            Assert.That(edge.Point, Is.EqualTo(new[] { 0.5, 0.25 }).Within(1e-6));
            Assert.That(inside.Converged && edge.Converged);
        });
    }

    [Test]
    public void Minimizer_gives_nothing_where_no_start_is_finite() =>
        Assert.That(new BoundedMinimizer(-1, 1).Minimize((_, _) => double.NaN, [0.0], [0.5]), Is.Null);

    [Test]
    public void Curvature_takes_a_matrix_apart()
    {
        var curvature = Curvature.Decompose([2, 1, 1, 2], 2);

        Assert.That(curvature.Values.Order(), Is.EqualTo(new[] { 1.0, 3 }).Within(1e-14));
    }

    [Test]
    public void Gradients_of_the_likelihoods_agree_with_differences([Values(0, 1, 2, 3, 4)] int which)
    {
        var random = new Random(8);
        var cells = PurchaseCells.From([.. Enumerable.Range(0, 60).Select(_ => SimulatedBase.Customer(random, 0.8, 6, 0.6, 2, 80))], 10);
        IPurchaseLikelihood likelihood = which switch
        {
            0 => new NbdLikelihood(cells),
            1 => new DropoutLikelihood(cells, PurchaseModelKind.BgNbd),
            2 => new DropoutLikelihood(cells, PurchaseModelKind.MbgNbd),
            3 => new DropoutLikelihood(cells, PurchaseModelKind.MbgCnbd, 3),
            _ => new ParetoLikelihood(cells),
        };
        var point = new[] { -0.4, 0.3, -0.6, 0.7 }[..likelihood.Size];
        var (gradient, scratch) = (new double[likelihood.Size], new double[likelihood.Size]);
        likelihood.Evaluate(point, gradient);

        for (var i = 0; i < point.Length; i++)
        {
            var (up, down) = ((double[])point.Clone(), (double[])point.Clone());
            (up[i], down[i]) = (up[i] + 1e-5, down[i] - 1e-5);
            var difference = (likelihood.Evaluate(up, scratch) - likelihood.Evaluate(down, scratch)) / 2e-5;
            Assert.That(gradient[i], Is.EqualTo(difference).Within(1e-5 + 1e-6 * Math.Abs(difference)), $"parameter {i}");
        }
    }

    [Test]
    public void Likelihood_of_cells_is_the_sum_over_customers([Values(1, 2, 3)] int which)
    {
        var random = new Random(8);
        RepeatSummary[] customers = [.. Enumerable.Range(0, 60).Select(_ => SimulatedBase.Customer(random, 0.8, 6, 0.6, 2, 80))];
        var cells = PurchaseCells.From(customers);
        IPurchaseLikelihood likelihood = which == 3 ? new ParetoLikelihood(cells) : new DropoutLikelihood(cells, which == 1 ? PurchaseModelKind.BgNbd : PurchaseModelKind.MbgNbd);
        double[] point = [-0.4, -2, -0.6, 0.7];

        var sum = customers.Sum(customer => likelihood.ToModel(point).LogLikelihood(customer));

        Assert.That(likelihood.Evaluate(point, new double[4]) - cells.Repeats * Math.Log(cells.TimeScale), Is.EqualTo(sum).Within(1e-9));
    }

    [Test]
    public void Pareto_integral_needs_no_more_nodes_than_it_takes()
    {
        var random = new Random(17);
        var worst = 0.0;
        for (var i = 0; i < 4000; i++)
        {
            var (alpha, beta, s) = (Math.Exp(12 * random.NextDouble() - 6), Math.Exp(12 * random.NextDouble() - 6), Math.Exp(8 * random.NextDouble() - 4));
            var shape = Math.Exp(4 * random.NextDouble() - 3) + random.Next(i % 3 == 0 ? 300 : 6);
            var recency = random.Next(2) * random.NextDouble();
            var integral = new ParetoIntegral(alpha, beta, shape, s);
            worst = Math.Max(worst, Math.Abs(integral.Log(recency, 1) - integral.Log(recency, 1, 256)));
        }

        TestContext.Out.WriteLine($"Largest error of ln J {worst:E2}");
        Assert.That(worst, Is.LessThan(1e-9));
    }
}
