using System.Text.RegularExpressions;
using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.Conventions;

/// <summary>A C# file of <c>src</c>, read as text: what it imports and which project and folder it lies in.</summary>
public sealed partial record SourceFile(string Path, string Text)
{
    /// <summary>Path from the checkout's root, with forward slashes: <c>src/AmoLtv.Host/Cards/CardEndpoints.cs</c>.</summary>
    public string Path { get; } = Path;

    /// <summary><c>AmoLtv.Host</c> of <c>src/AmoLtv.Host/Cards/CardEndpoints.cs</c>.</summary>
    public string Project => Path.Split('/')[1];

    /// <summary><c>Cards</c> of <c>src/AmoLtv.Host/Cards/CardEndpoints.cs</c>; empty for a file in the project's root.</summary>
    public string Slice => Path.Split('/') is { Length: > 3 } parts ? parts[2] : "";

    /// <summary>Namespaces named by <c>using</c> directives or written out in full.</summary>
    public IEnumerable<string> Imports => UsingDirective().Matches(Text).Select(match => match.Groups["name"].Value);

    public static IReadOnlyList<SourceFile> ReadAll(string folder = "src") =>
        [.. Directory.EnumerateFiles(System.IO.Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(path => System.IO.Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, File.ReadAllText(System.IO.Path.Combine(Repository.Root, path))))];

    [GeneratedRegex(@"^(global )?using (static )?(\w+ = )?(?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UsingDirective();
}
