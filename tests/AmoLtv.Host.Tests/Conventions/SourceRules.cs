using System.Text.RegularExpressions;
using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.Conventions;

/// <summary>Habits that a compiler does not check.</summary>
[TestFixture]
public sealed partial class SourceRules
{
    [Test]
    public void A_file_of_code_stays_under_300_lines()
    {
        var long_ = from file in SourceFile.ReadAll().Concat(SourceFile.ReadAll("tests"))
                    let lines = file.Text.Split('\n').Length
                    where lines > 300
                    select $"{file.Path}: {lines} lines";

        Assert.That(long_, Is.Empty);
    }

    [Test]
    public void A_file_declares_one_public_type()
    {
        var crowded = from file in SourceFile.ReadAll()
                      let types = PublicType().Matches(file.Text).Select(match => match.Groups["name"].Value).Distinct().ToList()
                      where types.Count > 1
                      select $"{file.Path}: {string.Join(", ", types)}";

        Assert.That(crowded, Is.Empty);
    }

    [Test]
    public void Type_names_say_what_a_thing_is()
    {
        var vague = from file in SourceFile.ReadAll()
                    from Match match in PublicType().Matches(file.Text)
                    where VagueName().IsMatch(match.Groups["name"].Value)
                    select $"{file.Path}: {match.Groups["name"].Value}";

        Assert.That(vague, Is.Empty);
    }

    [Test]
    public void No_configuration_file_names_a_package_registry()
    {
        string[] configuration = ["*.props", "*.csproj", "*.json", "*.config", ".npmrc", "*.yaml", "*.sh"];
        var offences = from pattern in configuration
                       from path in Directory.EnumerateFiles(Repository.Root, pattern, SearchOption.AllDirectories)
                       where !path.Contains("node_modules", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal)
                       where RegistryAddress().IsMatch(File.ReadAllText(path))
                       select path;

        Assert.That(offences, Is.Empty);
    }

    [GeneratedRegex(@"^public (?:(?:sealed|static|abstract|readonly|partial|ref) )*(?:class|record struct|record|struct|enum|interface|delegate \S+) (?<name>\w+)", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"(Manager|Helper|Helpers|Util|Utils|Utility|Common|Base|Impl)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VagueName();

    [GeneratedRegex(@"(api\.nuget|registry\.npm|www\.nuget|deb\.debian)[\w.]*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RegistryAddress();
}
