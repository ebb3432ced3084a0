using System.Globalization;
using System.Text;
using System.Text.Json;
using AmoLtv.Host.Tests.Browser;
using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.Valuing;

/// <summary><c>amoltv evaluate</c> as a process of its own, without a database or configuration.</summary>
[Category("Slow")]
public sealed class EvaluateCommandTests
{
    private static readonly string[] Measures =
    [
        "method", "purchasesMae", "purchasesRmse", "purchasesTotalError", "valueMae", "valueRmse", "valueTotalError",
        "spearman", "topDecileShare", "intervalCoverage", "intervalCoveragePlain", "intervalNominal",
        "valueIntervalCoverage", "valueIntervalNominal",
    ];

    private readonly HostProcess _host = new(new Dictionary<string, string>(StringComparer.Ordinal));
    private string _file = null!;

    [OneTimeSetUp]
    public async Task CreateFile()
    {
        _file = Path.GetTempFileName();
        await File.WriteAllTextAsync(_file, Purchases());
    }

    [OneTimeTearDown]
    public async Task RemoveFile()
    {
        File.Delete(_file);
        await _host.DisposeAsync();
    }

    [Test]
    public async Task Document_has_formula_models_holdout_and_a_choice_that_is_one_of_its_rows()
    {
        var document = await DocumentAsync("--holdout-days", "120", "--as-of", "2026-06-30");

        var holdout = document.GetProperty("holdout").EnumerateArray().ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Lines().Count, Is.GreaterThan(document.GetProperty("purchases").GetInt32()), "Rows after the date are ignored.");
            Assert.That(document.GetProperty("customers").GetInt32(), Is.EqualTo(60));
            Assert.That(document.GetProperty("asOf").GetString(), Is.EqualTo("2026-06-30"));
            Assert.That(Names(document.GetProperty("formula")), Is.EqualTo(new[] { "averageOrderValue", "purchaseFrequency", "customerLifetime", "ltv" }));
            var formula = document.GetProperty("formula").EnumerateObject().Select(property => property.Value.GetDouble()).ToArray();
            Assert.That(formula[3], Is.EqualTo(formula[0] * formula[1] * formula[2]).Within(1e-9).Percent);
            Assert.That(formula[0], Is.EqualTo(document.GetProperty("revenue").GetDouble() / document.GetProperty("purchases").GetInt32()).Within(1e-9).Percent);
            Assert.That(document.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("name").GetString()), Is.SupersetOf(new[] { "nbd", "bgNbd", "mbgNbd", "mbgCnbd", "paretoNbd", "gammaGamma" }));
            Assert.That(document.GetProperty("models").EnumerateArray().Select(Names), Is.All.EqualTo(new[] { "name", "parameters", "timeUnit", "logLikelihood", "converged", "warnings", "fitMilliseconds" }));
            Assert.That(holdout.Select(Names), Is.All.EqualTo(Measures));
            Assert.That(holdout.Select(row => row.GetProperty("method").GetString()), Does.Contain(document.GetProperty("chosen").GetProperty("method").GetString()));
            Assert.That(document.GetProperty("chosen").GetProperty("reason").GetString(), Is.Not.Empty);
            Assert.That(document.GetProperty("tiers").GetArrayLength(), Is.EqualTo(3));
        }
    }

    [Test]
    public async Task Without_a_holdout_the_choice_is_made_by_the_inner_cuts()
    {
        var document = await DocumentAsync("--horizon-days", "90");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(document.GetProperty("holdout").GetArrayLength(), Is.Zero);
            Assert.That(document.GetProperty("chosen").GetProperty("method").GetString(), Is.Not.Null);
            Assert.That(document.GetProperty("horizonDays").GetInt32(), Is.EqualTo(90));
            Assert.That(document.GetProperty("forecast").GetProperty("value").GetDouble(), Is.Positive);
        }
    }

    [Test]
    public async Task Tables_say_what_was_chosen_and_who_bought_again()
    {
        var text = await _host.RunAsync("evaluate", "--csv", _file, "--holdout-days", "120");

        Assert.That(text, Does.Contain("bgNbd").And.Contains("bought again, of 100").And.Contains("Chosen: "));
    }

    [TestCase("--holdout-days", "5000", "hides the whole file")]
    [TestCase("--holdout-days", "0", "takes a number of days")]
    [TestCase("--horizon-days", "x", "takes a number of days")]
    public void What_cannot_be_evaluated_is_refused_in_words(string option, string value, string message) =>
        Assert.That(() => _host.RunAsync("evaluate", "--csv", _file, option, value), Throws.InvalidOperationException.With.Message.Contains("ended with 1").And.Message.Contains(message));

    [Test]
    public async Task Sample_has_the_published_likelihood()
    {
        var document = await DocumentAsync(Repository.SharedData("cdnow_sample.csv"), "--as-of", "1997-09-30");

        var pareto = document.GetProperty("models").EnumerateArray().Single(model => model.GetProperty("name").GetString() == "paretoNbd");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(pareto.GetProperty("logLikelihood").GetDouble(), Is.EqualTo(-9594.9762).Within(0.001));
            Assert.That(document.GetProperty("customers").GetInt32(), Is.EqualTo(2357));
        }
    }

    private Task<JsonElement> DocumentAsync(string option, string value, params string[] more) => ReadAsync(["evaluate", "--csv", _file, "--json", option, value, .. more]);

    private async Task<JsonElement> DocumentAsync(string file, string option, string value) => await ReadAsync(["evaluate", "--csv", file, "--json", option, value]);

    private async Task<JsonElement> ReadAsync(string[] verb)
    {
        using var document = JsonDocument.Parse(await _host.RunAsync(verb));
        return document.RootElement.Clone();
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);

    private static List<string> Lines() => [.. Purchases().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)];

    private static string Purchases()
    {
        var random = new Random(7);
        var end = new DateOnly(2026, 6, 30);
        var text = new StringBuilder("customer_id,date,amount\n");
        for (var customer = 0; customer < 60; customer++)
        {
            var pause = 10 + random.Next(90);
            var day = end.AddDays(-random.Next(250, 500));
            do
            {
                text.Append(CultureInfo.InvariantCulture, $"c{customer:000},{day:yyyy-MM-dd},{100 + random.Next(900)}\n");
                day = day.AddDays(1 + random.Next(2 * pause));
            }
            while (day <= end.AddDays(10) && random.NextDouble() < 0.9);
        }

        return text.ToString();
    }
}
