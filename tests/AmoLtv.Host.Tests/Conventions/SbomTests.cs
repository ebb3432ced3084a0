using System.Diagnostics;
using System.Text.Json;
using System.Xml.Linq;
using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.Conventions;

/// <summary><c>deploy/sbom.sh</c> lists every package that a project or the widget refers to, with its exact version.</summary>
[TestFixture]
public sealed class SbomTests
{
    private JsonDocument _bom = null!;
    private Dictionary<string, JsonElement> _components = null!;

    [OneTimeSetUp]
    public async Task MakeAsync()
    {
        using var script = Process.Start(new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "deploy", "sbom.sh")]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var output = await script.StandardOutput.ReadToEndAsync();
        await script.WaitForExitAsync();
        Assert.That(script.ExitCode, Is.Zero);
        _bom = JsonDocument.Parse(output);
        _components = _bom.RootElement.GetProperty("components").EnumerateArray().ToDictionary(component => component.GetProperty("purl").GetString()!);
    }

    [OneTimeTearDown]
    public void Dispose() => _bom.Dispose();

    [Test]
    public void It_is_CycloneDX()
    {
        Assert.That(_bom.RootElement.GetProperty("bomFormat").GetString(), Is.EqualTo("CycloneDX"));
        Assert.That(_bom.RootElement.GetProperty("specVersion").GetString(), Is.EqualTo("1.6"));
        Assert.That(_bom.RootElement.GetProperty("metadata").GetProperty("component").GetProperty("name").GetString(), Is.EqualTo("AmoLtv"));
    }

    [Test]
    public void Each_package_of_each_project_is_listed()
    {
        var versions = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(package => package.Attribute("Include")!.Value, package => package.Attribute("Version")!.Value);
        var referenced = from file in new[] { "src", "tests" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
                         from reference in XDocument.Load(file).Descendants("PackageReference")
                         let name = reference.Attribute("Include")!.Value
                         select $"pkg:nuget/{name}@{versions[name]}";

        Assert.That(referenced.Distinct().ToList(), Has.Count.GreaterThan(15).And.SubsetOf(_components.Keys));
    }

    [Test]
    public void Each_package_of_the_lock_files_is_listed_also_those_that_nobody_names()
    {
        var locked = from file in new[] { "src", "tests" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "packages.lock.json", SearchOption.AllDirectories))
                     where !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
                     from framework in JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("dependencies").EnumerateObject()
                     from package in framework.Value.EnumerateObject()
                     where package.Value.GetProperty("type").GetString() != "Project"
                     select $"pkg:nuget/{package.Name}@{package.Value.GetProperty("resolved").GetString()}";
        using var npm = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "widget", "package-lock.json")));
        var widget = from package in npm.RootElement.GetProperty("packages").EnumerateObject()
                     where package.Name.Length > 0
                     let name = package.Name[(package.Name.LastIndexOf("node_modules/", StringComparison.Ordinal) + "node_modules/".Length)..]
                     select $"pkg:npm/{name.Replace("@", "%40", StringComparison.Ordinal)}@{package.Value.GetProperty("version").GetString()}";

        Assert.That(locked.Concat(widget).Distinct().Except(_components.Keys), Is.Empty);
    }

    [Test]
    public void What_goes_out_is_told_from_what_only_builds_and_tests()
    {
        Assert.That(Scope("pkg:nuget/Npgsql@"), Is.EqualTo("required"));
        Assert.That(Scope("pkg:nuget/NUnit@"), Is.EqualTo("excluded"));
        Assert.That(Scope("pkg:npm/vitest@"), Is.EqualTo("excluded"));
    }

    private string? Scope(string beginning) =>
        _components.Single(component => component.Key.StartsWith(beginning, StringComparison.Ordinal)).Value.GetProperty("scope").GetString();
}
