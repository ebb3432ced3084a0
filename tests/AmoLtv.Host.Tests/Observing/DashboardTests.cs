using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using AmoLtv.Host.Observing;
using AmoLtv.Host.Running;
using AmoLtv.Host.Tests.Conventions;
using AmoLtv.Sandbox;
using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.Observing;

/// <summary>Every metric and label that a panel or an alert names is one of the program's, as Prometheus has it after OTLP.</summary>
[TestFixture]
public sealed partial class DashboardTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "deploy", "grafana");

    private readonly ConcurrentDictionary<string, bool> _exported = new(StringComparer.Ordinal);

    [OneTimeSetUp]
    public async Task ListenAsync()
    {
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (ObservingRegistration.Meters.Contains(instrument.Meter.Name))
            {
                foreach (var name in Exported(instrument))
                {
                    _exported[name] = true;
                }
            }
        };
        listener.Start();
        await using var server = await HostServer.StartAsync(
            new SandboxOptions { Companies = 2, Leads = 4 }, ("Telemetry:Endpoint", $"http://127.0.0.1:{FreePort.Next()}"), ("Telemetry:MetricSeconds", "1"));
        await server.InstallAsync();
        await server.RunAsync(RunSteps.Sync);
        await server.Http.GetStringAsync(new Uri("health/live", UriKind.Relative));
    }

    [Test]
    public void Dashboard_names_only_metrics_that_exist() => Assert.That(Names(Panels()).Except(_exported.Keys), Is.Empty);

    [Test]
    public void Alerts_name_only_metrics_that_exist() => Assert.That(Names(Alerts().Select(alert => alert.Expression)).Except(_exported.Keys), Is.Empty);

    [Test]
    public void Every_instrument_of_ours_is_shown_or_watched()
    {
        var shown = Names(Panels().Concat(Alerts().Select(alert => alert.Expression))).ToList();
        var ours = _exported.Keys.Where(name => name.StartsWith("amoltv_", StringComparison.Ordinal)).Select(Whole).Distinct();

        Assert.That(ours.Where(name => !shown.Exists(one => Whole(one) == name)), Is.Empty);
    }

    [Test]
    public void Panels_and_alerts_ask_for_labels_that_exist()
    {
        // Attributes are named in the source alone: of what is delivered, some appear only on a bad day.
        var attributes = SourceFile.ReadAll().SelectMany(file => Attribute().Matches(file.Text)).Select(match => match.Groups["name"].Value.Replace('.', '_')).ToHashSet();
        var labels = Panels().Concat(Alerts().Select(alert => alert.Expression)).SelectMany(text => Labels().Matches(text)).SelectMany(part => Label().Matches(part.Value)).Select(match => match.Groups["name"].Value).Distinct().ToList();

        Assert.That(labels, Is.Not.Empty);
        Assert.That(labels.Except(attributes), Is.Empty);
    }

    [Test]
    public void Each_alert_has_a_name_of_its_own_a_severity_and_says_what_to_do()
    {
        Assert.That(Alerts().Select(alert => alert.Name), Is.Unique.And.All.StartsWith("AmoLtv"));
        Assert.That(Alerts(), Has.Count.GreaterThanOrEqualTo(12));
        Assert.That(Alerts().Where(alert => !alert.Words.Contains("severity:", StringComparison.Ordinal) || !alert.Words.Contains("summary:", StringComparison.Ordinal)
            || !File.ReadAllText(Path.Combine(Repository.Root, "docs", "observability.md")).Contains($"`{alert.Name}`", StringComparison.Ordinal)).Select(alert => alert.Name), Is.Empty);
    }

    /// <summary>As the collector's exporter and Prometheus's own OTLP endpoint write a name: words by underscores, then the unit, then the kind.</summary>
    private static IEnumerable<string> Exported(Instrument instrument)
    {
        var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", "ms" => "_milliseconds", _ => "" };
        var name = instrument.Name.Replace('.', '_');
        name = name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit;
        var kind = instrument.GetType().GetGenericTypeDefinition();
        return kind == typeof(Histogram<>) ? [name + "_bucket", name + "_sum", name + "_count"]
            : kind == typeof(Counter<>) || kind == typeof(ObservableCounter<>) ? [name + "_total"]
            : instrument.Unit == "1" ? [name + "_ratio"]
            : [name];
    }

    private static IEnumerable<string> Names(IEnumerable<string> expressions) =>
        expressions.SelectMany(text => Metric().Matches(Labels().Replace(text, ""))).Select(match => match.Groups["name"].Value).Distinct();

    /// <summary>A histogram is shown by any of its parts.</summary>
    private static string Whole(string name) => Part().Replace(name, "");

    private static List<string> Panels()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "amoltv.json")));
        return [.. Expressions(dashboard.RootElement)];
    }

    private static IEnumerable<string> Expressions(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            property.Name == "expr" ? [property.Value.GetString()!] : Expressions(property.Value)).ToList(),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Expressions).ToList(),
        _ => [],
    };

    private static List<(string Name, string Expression, string Words)> Alerts() =>
        [.. Alert().Matches(File.ReadAllText(Path.Combine(Folder, "alerts.yaml"))).Select(match => (match.Groups["name"].Value, match.Groups["expr"].Value, match.Groups["rest"].Value))];

    [GeneratedRegex(@"\b(?<name>(amoltv|http|db|dotnet)_[a-z0-9_]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Metric();

    /// <summary>By what is grouped and chosen.</summary>
    [GeneratedRegex(@"\bby \([^)]*\)|\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Labels();

    [GeneratedRegex(@"(?<=[{(,]\s*)(?<name>amoltv_[a-z_]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Label();

    [GeneratedRegex(@"""(?<name>amoltv\.[a-z_.]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Attribute();

    [GeneratedRegex("_(bucket|sum|count)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();

    [GeneratedRegex(@"- alert: (?<name>\w+)\n +expr: (?<expr>[^\n]+)\n(?<rest>.*?)(?=\n +- alert:|\z)", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Alert();
}
