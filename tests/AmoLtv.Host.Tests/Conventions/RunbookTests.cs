using System.Text.RegularExpressions;
using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.Conventions;

/// <summary>Each fault of <c>docs/runbook.md</c> names tests and signs, and each of them exists.</summary>
[TestFixture]
public sealed partial class RunbookTests
{
    private static readonly string[] Faults = [.. File.ReadAllLines(Path.Combine(Repository.Root, "docs", "runbook.md"))
        .SkipWhile(line => line != "## Faults")
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
        .Skip(2)];

    [Test]
    public void Each_fault_has_its_signs_what_is_done_and_a_test() =>
        Assert.That(Faults.Where(line => line.Split('|') is not { Length: 7 } cells || cells[1..6].Any(string.IsNullOrWhiteSpace) || !TestName().IsMatch(cells[5])), Is.Empty);

    [Test]
    public void Each_named_test_exists()
    {
        var sources = Sources("tests", "*.cs");

        Assert.That(Named(TestName()), Has.Count.GreaterThan(20));
        Assert.That(Named(TestName()).Where(name => !sources.Exists(source => source.Contains($" {name}(", StringComparison.Ordinal))), Is.Empty);
    }

    [Test]
    public void Each_named_alert_exists()
    {
        var alerts = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "grafana", "alerts.yaml"));

        Assert.That(Named(AlertName()).Where(name => !alerts.Contains($"alert: {name}\n", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Each_code_of_a_refusal_or_a_failure_exists()
    {
        var sources = Sources("src", "*.cs");

        Assert.That(Named(Code()).Where(code => !sources.Exists(source => source.Contains($"\"{code}\"", StringComparison.Ordinal))), Is.Empty);
    }

    private static List<string> Named(Regex what) => [.. Faults.SelectMany(line => what.Matches(line)).Select(name => name.Groups["name"].Value).Distinct()];

    private static List<string> Sources(string folder, string pattern) =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories).Select(File.ReadAllText)];

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+)+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestName();

    [GeneratedRegex("`(?<name>AmoLtv[A-Za-z]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AlertName();

    [GeneratedRegex("`(?<name>[a-z]+[A-Z][A-Za-z]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
