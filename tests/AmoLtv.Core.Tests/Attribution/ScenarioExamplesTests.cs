using System.Text.Json;
using AmoLtv.Core.Attribution;
using AmoLtv.Core.Settings;

namespace AmoLtv.Core.Tests.Attribution;

/// <summary>The sliders of the page are moved in the browser: its arithmetic is tested on these examples too.</summary>
public sealed class ScenarioExamplesTests
{
    private static readonly JsonElement[] Examples = JsonDocument.Parse(File.ReadAllText(
        Path.Combine(Root(), "widget", "pages", "tests", "analytics", "scenario-examples.json"))).RootElement.EnumerateArray().ToArray();

    private static IEnumerable<TestCaseData> Cases => Examples.Select(example => new TestCaseData(example).SetArgDisplayNames(example.GetProperty("name").GetString()!));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AmoLtv.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder.FullName;
    }

    [TestCaseSource(nameof(Cases))]
    public void Page_and_service_move_an_account_alike(JsonElement example)
    {
        var scenario = Scenario.Of(
            example.GetProperty("inputs").Deserialize<ScenarioInputs>(SettingsJson.Options)!,
            example.GetProperty("moves").Deserialize<ScenarioMoves>(SettingsJson.Options)!);

        using (Assert.EnterMultipleScope())
        {
            Check(scenario.Today, example.GetProperty("today"));
            Check(scenario.Moved, example.GetProperty("moved"));
        }
    }

    private static void Check(ScenarioFigures figures, JsonElement expected)
    {
        Near((double)figures.Ltv, expected, "ltv");
        Near((double)figures.KnownClientsValue, expected, "knownClientsValue");
        Near((double)figures.NewClientsValue, expected, "newClientsValue");
        Near((double)figures.Value, expected, "value");
        Near((double?)figures.AcquisitionSpend, expected, "acquisitionSpend");
        Near((double?)figures.ValueLessSpend, expected, "valueLessSpend");
        Near(figures.LtvToCac, expected, "ltvToCac");
        Near(figures.LifetimeYears, expected, "lifetimeYears");
        Near(figures.YearlyRetention, expected, "yearlyRetention");
        Near(figures.NewClients, expected, "newClients");
    }

    /// <summary>A kopeck: the browser reckons in binary fractions.</summary>
    private static void Near(double? figure, JsonElement expected, string name)
    {
        var value = expected.GetProperty(name);
        Assert.That(figure is null, Is.EqualTo(value.ValueKind == JsonValueKind.Null), name);
        if (figure is { } number)
        {
            Assert.That(number, Is.EqualTo(value.GetDouble()).Within(0.0201), name);
        }
    }
}
