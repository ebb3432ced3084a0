using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace AmoLtv.Host.Database;

/// <summary>One numbered SQL file of <c>Database/Migrations</c>, embedded in the assembly.</summary>
public sealed partial record Migration(int Number, string Name, string Sql)
{
    /// <summary>Fingerprint kept in the database: an applied file may not change afterwards.</summary>
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    /// <summary>
    /// Number of the latest migration that a program has to know to work with the schema as this one leaves it, 0: any program does.
    /// A migration that takes something away says so in a line "-- Programs before 0021 cannot work with this." (ADR 20).
    /// </summary>
    public int OldestProgram { get; } = Takes().Match(Sql) is { Success: true } said
        ? int.Parse(said.Groups["number"].ValueSpan, CultureInfo.InvariantCulture)
        : 0;

    /// <summary>All migrations in the order in which they are applied.</summary>
    /// <exception cref="InvalidOperationException">A number is there twice. Gaps are allowed: files are numbered when they are begun.</exception>
    public static IReadOnlyList<Migration> ReadEmbedded()
    {
        var assembly = typeof(Migration).Assembly;
        var migrations = assembly.GetManifestResourceNames()
            .Select(name => (Resource: name, Match: FileName().Match(name)))
            .Where(found => found.Match.Success)
            .Select(found => new Migration(
                int.Parse(found.Match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture),
                found.Match.Groups["name"].Value,
                Read(assembly.GetManifestResourceStream(found.Resource)!)))
            .OrderBy(migration => migration.Number)
            .ToList();

        return migrations.DistinctBy(migration => migration.Number).Count() == migrations.Count
            ? migrations
            : throw new InvalidOperationException("Two migrations have the same number.");
    }

    private static string Read(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"Migrations\.(?<number>\d{4})_(?<name>\w+)\.sql$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileName();

    [GeneratedRegex(@"^-- Programs before (?<number>\d{4}) cannot work with this\.", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Takes();
}
