using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AmoLtv.Host.CommandLine;
using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.Conventions;

/// <summary>The version stands in <c>Directory.Build.props</c>, and whatever names one follows it.</summary>
[TestFixture]
public sealed partial class VersionTests
{
    private static readonly string Version = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("Version").Single().Value;

    [Test]
    public void It_looks_like_a_version() => Assert.That(Version, Does.Match(@"^\d+\.\d+\.\d+$"));

    [Test]
    public void Program_tells_it_and_nothing_more()
    {
        var told = typeof(ServeCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

        Assert.That(told, Is.EqualTo(Version));
    }

    [Test]
    public void Changelog_begins_with_it()
    {
        var first = Heading().Match(File.ReadAllText(Path.Combine(Repository.Root, "CHANGELOG.md"))).Groups["version"].Value;

        Assert.That(first, Is.EqualTo(Version));
    }

    [Test]
    public void Installation_page_names_the_archive_that_bears_it() =>
        Assert.That(File.ReadAllText(Path.Combine(Repository.Root, "docs", "install.md")), Does.Contain($"amoltv-{Version}-linux-x64.tar.gz"));

    [Test]
    public void Widget_has_none_of_its_own()
    {
        using var package = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "widget", "package.json")));
        var packed = File.ReadAllText(Path.Combine(Repository.Root, "widget", "tools", "archive.mjs"));

        Assert.That(package.RootElement.TryGetProperty("version", out _), Is.False);
        Assert.That(packed, Does.Contain("Directory.Build.props"));
    }

    [GeneratedRegex(@"^## \[(?<version>[^\]]+)\]", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();
}
