using System.Text.Json;
using System.Text.RegularExpressions;
using AmoLtv.Core.Settings;
using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.Conventions;

/// <summary>The documentation names what there is: files, headings, scripts, options, commands, settings, decisions.</summary>
[TestFixture]
public sealed partial class DocumentTests
{
    private static readonly IReadOnlyList<MarkdownPage> Pages = MarkdownPage.ReadAll();

    [Test]
    public void Every_link_and_image_leads_to_a_file_and_a_heading_that_exist()
    {
        var links = (from page in Pages from link in page.Links select (page, link)).ToList();

        Assert.That(links, Has.Count.GreaterThan(50));
        Assert.That(from pair in links where !Leads(pair.page, pair.link) select $"{pair.page.Path}: {pair.link}", Is.Empty);
    }

    [Test]
    public void Every_script_exists_and_knows_the_options_named_with_it()
    {
        var named = (from page in Pages
                     from command in page.Commands.Concat(page.CodeSpans)
                     let script = ScriptName().Match(command)
                     where script.Success
                     select (page.Path, command, Script: script.Value)).ToList();

        Assert.That(named.Select(entry => entry.Script).Distinct().ToList(), Has.Count.GreaterThan(8));
        Assert.That(from entry in named where !File.Exists(InCheckout(entry.Script)) select $"{entry.Path}: {entry.Script}", Is.Empty);
        Assert.That(
            from entry in named
            let text = File.ReadAllText(InCheckout(entry.Script))
            from Match option in Option().Matches(entry.command)
            where !Option().Matches(text).Any(known => known.Value == option.Value)
            select $"{entry.Path}: {entry.Script} does not know {option.Value}",
            Is.Empty);
    }

    [Test]
    public void Every_npm_script_exists_and_knows_the_options_named_with_it()
    {
        using var package = JsonDocument.Parse(File.ReadAllText(InCheckout("widget/package.json")));
        var scripts = package.RootElement.GetProperty("scripts").EnumerateObject().ToDictionary(script => script.Name, script => script.Value.GetString()!);
        var packer = File.ReadAllText(InCheckout("widget/tools/pack.mjs"));
        var named = (from page in Pages from command in page.Commands.Concat(page.CodeSpans) let run = NpmRun().Match(command) where run.Success select (command, Script: run.Groups["script"].Value)).ToList();

        Assert.That(named.Select(entry => entry.Script).Distinct(), Is.SubsetOf(scripts.Keys));
        Assert.That(
            from entry in named
            where entry.Script == "pack"
            from Match option in Option().Matches(entry.command[(entry.command.IndexOf(" -- ", StringComparison.Ordinal) + 1)..])
            where !packer.Contains(option.Value, StringComparison.Ordinal)
            select $"{entry.command}: {option.Value}",
            Is.Empty);
    }

    [Test]
    public void Every_command_of_the_program_that_the_prose_names_exists_with_its_options()
    {
        var sources = SourceFile.ReadAll().Where(file => file.Project == "AmoLtv.Host").Select(file => file.Text).ToList();
        var known = sources.SelectMany(text => Quoted().Matches(text)).Select(match => match.Groups["word"].Value).ToHashSet(StringComparer.Ordinal);
        var named = (from page in Pages
                     from span in page.CodeSpans
                     where span.StartsWith("amoltv ", StringComparison.Ordinal) && !span.Contains('…', StringComparison.Ordinal)
                     select (page.Path, Words: DocumentedCommands.Split(span))).ToList();

        Assert.That(named, Has.Count.GreaterThan(20));
        Assert.That(
            from entry in named
            from word in entry.Words.Skip(1).Take(1).Concat(entry.Words.Where(word => word.StartsWith("--", StringComparison.Ordinal)))
            where !known.Contains(word)
            select $"{entry.Path}: {string.Join(' ', entry.Words)}: {word}",
            Is.Empty);
    }

    [TestCase("docs/settings.en.md")]
    [TestCase("docs/settings.ru.md")]
    public void Every_setting_is_explained(string path)
    {
        var spans = Pages.Single(page => page.Path == path).CodeSpans.ToList();

        Assert.That(SettingKeys.All.Select(setting => setting.Key).Except(spans), Is.Empty);
    }

    [Test]
    public void Every_decision_is_in_the_list_of_decisions()
    {
        var list = Pages.Single(page => page.Path == "src/decisions/README.md");

        Assert.That(Pages.Where(page => DecisionPath().IsMatch(page.Path)).Select(page => Path.GetFileName(page.Path)), Is.EquivalentTo(list.Links));
    }

    private static bool Leads(MarkdownPage page, string link)
    {
        var parts = link.Split('#');
        var path = parts[0].Length == 0 ? page.Path : Path.GetRelativePath(Repository.Root, Path.Combine(InCheckout(page.Path), "..", parts[0])).Replace('\\', '/');
        if (!File.Exists(InCheckout(path)) && !Directory.Exists(InCheckout(path)))
        {
            return false;
        }

        return parts.Length == 1 || Pages.SingleOrDefault(other => other.Path == path)?.Anchors.Contains(Uri.UnescapeDataString(parts[1])) == true;
    }

    private static string InCheckout(string path) => Path.Combine(Repository.Root, path);

    [GeneratedRegex(@"^(deploy|tests)/[\w-]+\.sh(?=$| )", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ScriptName();

    [GeneratedRegex("(?<![\\w-])--[a-z][a-z-]*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Option();

    [GeneratedRegex(@"^npm --prefix widget run (?<script>[\w:]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NpmRun();

    [GeneratedRegex("\"(?<word>(--)?[a-z][a-z-]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^src/decisions/\d{4}-.*\.md$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DecisionPath();
}
