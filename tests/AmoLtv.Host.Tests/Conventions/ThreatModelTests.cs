using System.Text.RegularExpressions;
using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.Conventions;

/// <summary>Each line of <c>docs/threat-model.md</c> names tests, and each of them exists.</summary>
[TestFixture]
public sealed partial class ThreatModelTests
{
    private static readonly string[] Threats = [.. File.ReadAllLines(Path.Combine(Repository.Root, "docs", "threat-model.md"))
        .SkipWhile(line => line != "## Threats")
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
        .Skip(2)];

    [Test]
    public void Each_threat_names_a_test() =>
        Assert.That(Threats.Where(line => !TestName().IsMatch(line.Split('|')[^2])), Is.Empty);

    [Test]
    public void Each_named_test_of_the_widget_exists()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "widget", "tests"), "*.mjs", SearchOption.AllDirectories).Select(File.ReadAllText).ToList();
        var named = Threats.SelectMany(line => WidgetTestName().Matches(line)).Select(name => name.Groups["name"].Value).ToList();

        Assert.That(named, Is.Not.Empty);
        Assert.That(named.Where(name => !sources.Exists(source => source.Contains($"test('{name}'", StringComparison.Ordinal))), Is.Empty);
    }

    [Test]
    public void Each_named_test_exists()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText).ToList();
        var named = Threats.SelectMany(line => TestName().Matches(line)).Select(name => name.Groups["name"].Value).Distinct().ToList();

        Assert.That(named, Has.Count.GreaterThan(20));
        Assert.That(named.Where(name => !sources.Exists(source => source.Contains($" {name}(", StringComparison.Ordinal))), Is.Empty);
    }

    [GeneratedRegex("“(?<name>[^”]+)”", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WidgetTestName();

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+)+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestName();
}
