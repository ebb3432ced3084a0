using System.Reflection;
using System.Text.RegularExpressions;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Installing;
using AmoLtv.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace AmoLtv.Host.Tests.Conventions;

/// <summary>Whatever the program can be told stands in the example and in the table of <c>docs/configuration.md</c>; found by reflection.</summary>
[TestFixture]
public sealed partial class ConfigurationRules
{
    private static readonly IConfigurationRoot Example =
        new ConfigurationBuilder().AddJsonFile(Path.Combine(Repository.Root, "appsettings.example.json")).Build();

    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "configuration.md"));

    [Test]
    public void Every_key_stands_in_the_example()
    {
        Assert.That(Keys().Count(), Is.GreaterThan(45), "The options are no longer found.");
        var named = Example.AsEnumerable().Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);

        Assert.That(Keys().Where(key => !named.Contains(key.Replace(":N:", ":0:", StringComparison.Ordinal))), Is.Empty);
    }

    [Test]
    public void Every_key_stands_in_the_table_and_nothing_else_does()
    {
        var rows = Document.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal) && line.Contains(':', StringComparison.Ordinal)).Select(line => line.Split(" | ")[0]);
        var named = rows.SelectMany(row => Key().Matches(row).Select(match => match.Groups["key"].Value));

        Assert.That(named, Is.EquivalentTo(Keys()));
    }

    [TestCase("x")]
    [TestCase("-1")]
    public async Task Every_number_and_switch_that_is_wrong_is_named_with_its_key(string value)
    {
        var keys = Properties().Where(found => (Nullable.GetUnderlyingType(found.Property.PropertyType) ?? found.Property.PropertyType) is { IsPrimitive: true })
            .Select(found => $"{found.Section}:{found.Property.Name}").ToList();
        var unnamed = new List<string>();
        // Of each section one at a time: its first mistake hides the others.
        foreach (var round in keys.GroupBy(key => key.Split(':')[0]).SelectMany(section => section.Index()).GroupBy(key => key.Index, key => key.Item))
        {
            await using var server = ServeCommand.Build(urls: null, builder =>
            {
                builder.Logging.ClearProviders();
                builder.Configuration.AddInMemoryCollection(round.Select(key => KeyValuePair.Create(key, (string?)value)));
            });
            var errors = ConfigurationCheck.Find(server.Services);
            unnamed.AddRange(round.Where(key => !errors.Any(error => error.StartsWith(key + ":", StringComparison.Ordinal))));
        }

        Assert.That(unnamed, Is.Empty);
    }

    private static IEnumerable<string> Keys() => Properties().Select(found => $"{found.Section}:{found.Property.Name}");

    private static IEnumerable<(string Section, PropertyInfo Property)> Properties() =>
        from type in typeof(ServeCommand).Assembly.GetTypes()
        let section = type == typeof(IntegrationOptions)
            ? "Integrations:N"
            : type.Name.EndsWith("Options", StringComparison.Ordinal) && type != typeof(IntegrationsOptions) ? type.GetField("Section")?.GetRawConstantValue() as string : null
        where section is not null
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.CanWrite
        select (section, property);

    [GeneratedRegex("`(?<key>[A-Z][A-Za-z]*(:N)?:[A-Za-z]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();
}
