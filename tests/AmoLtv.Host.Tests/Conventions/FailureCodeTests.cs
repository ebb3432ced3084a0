using System.Text.RegularExpressions;
using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.Conventions;

/// <summary>What the service calls an end of a run, the pages have a sentence and a next step for, in each language.</summary>
public sealed partial class FailureCodeTests
{
    [TestCase("en.ts")]
    [TestCase("ru.ts")]
    public void Every_code_of_a_failed_run_has_its_words(string language)
    {
        var words = Read("widget", "pages", "src", "operations", "words", language);
        var faults = FaultWords().Matches(words[words.IndexOf("\n  fault: {", StringComparison.Ordinal)..]).Select(match => match.Groups["code"].Value).ToList();
        var codes = Code().Matches(Read("src", "AmoLtv.Host", "Running", "FailureCode.cs")).Select(match => match.Groups["code"].Value).ToList();

        Assert.That(codes, Has.Count.GreaterThan(15));
        Assert.That(codes.Except(faults), Is.Empty);
    }

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([Repository.Root, .. path]));

    [GeneratedRegex("\"(?<code>[a-zA-Z]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();

    [GeneratedRegex("^    (?<code>[a-zA-Z]+): \\{ cause:", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FaultWords();
}
