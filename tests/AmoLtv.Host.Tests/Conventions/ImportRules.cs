using System.Xml.Linq;
using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.Conventions;

/// <summary>Imports go one way: Host to AmoCrm to Core; the sandbox shares nothing with the client it is evidence for.</summary>
[TestFixture]
public sealed class ImportRules
{
    private static readonly string[] SharedSlices = ["", "CommandLine", "Database", "Running", "Installing", "Settings", "Callers", "Pacing", "Sheets"];

    [TestCase("AmoLtv.Core", new string[0])]
    [TestCase("AmoLtv.Sandbox", new string[0])]
    [TestCase("AmoLtv.AmoCrm", new[] { "AmoLtv.Core" })]
    [TestCase("AmoLtv.Host", new[] { "AmoLtv.AmoCrm", "AmoLtv.Core" })]
    public void Project_references_only_what_lies_below_it(string project, string[] allowed)
    {
        var file = Path.Combine(Repository.Root, "src", project, project + ".csproj");
        var references = XDocument.Load(file).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.That(references, Is.SubsetOf(allowed));
    }

    [Test]
    public void Core_does_no_input_or_output()
    {
        string[] outside = ["System.Net", "Npgsql", "Dapper", "Microsoft.AspNetCore", "Microsoft.Extensions", "Quartz", "Flurl"];

        var offences = from file in SourceFile.ReadAll()
                       where file.Project == "AmoLtv.Core"
                       from import in file.Imports
                       where outside.Any(name => import.StartsWith(name, StringComparison.Ordinal))
                       select $"{file.Path} uses {import}";

        Assert.That(offences, Is.Empty);
    }

    [Test]
    public void Scheduling_alone_names_the_scheduler()
    {
        var offences = from file in SourceFile.ReadAll()
                       where file is not { Project: "AmoLtv.Host", Slice: "Scheduling" }
                       where file.Imports.Any(import => import.Split('.')[0] == "Quartz") || file.Text.Contains("Quartz.", StringComparison.Ordinal)
                       select file.Path;

        Assert.That(offences, Is.Empty);
    }

    [Test]
    public void Slices_of_the_host_do_not_call_each_other()
    {
        var offences = from file in SourceFile.ReadAll()
                       where file.Project == "AmoLtv.Host" && file.Slice is not ("" or "CommandLine")
                       from import in file.Imports
                       where import.StartsWith("AmoLtv.Host.", StringComparison.Ordinal)
                       let slice = import.Split('.')[2]
                       where slice != file.Slice && !SharedSlices.Contains(slice)
                       select $"{file.Path} uses {import}";

        Assert.That(offences, Is.Empty);
    }
}
