using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.Conventions;

/// <summary>A page of the documentation, taken apart: its prose, its blocks, its headings.</summary>
/// <param name="Path">From the checkout's root, with forward slashes.</param>
/// <param name="Prose">What stands outside of blocks, line by line.</param>
/// <param name="Blocks">What stands in fenced blocks, by their language; empty where none is named.</param>
internal sealed partial record MarkdownPage(string Path, IReadOnlyList<string> Prose, IReadOnlyList<(string Language, IReadOnlyList<string> Lines)> Blocks)
{
    private static readonly string[] NotOurs = ["node_modules", "bin", "obj", "artifacts", "TestResults"];

    /// <summary>Where relative links and images lead to, as they are written.</summary>
    public IEnumerable<string> Links =>
        from line in Prose
        from Match match in Link().Matches(CodeSpan().Replace(line, "``"))
        let target = match.Groups["target"].Value
        where !target.Contains(':', StringComparison.Ordinal)
        select target;

    /// <summary>Names by which links lead to the headings, as GitHub makes them.</summary>
    public IReadOnlySet<string> Anchors
    {
        get
        {
            var anchors = new HashSet<string>(StringComparer.Ordinal);
            foreach (var heading in Prose.Select(line => Heading().Match(line)).Where(match => match.Success))
            {
                var anchor = AnchorOf(heading.Groups["text"].Value);
                var again = 0;
                while (!anchors.Add(again == 0 ? anchor : string.Create(CultureInfo.InvariantCulture, $"{anchor}-{again}")))
                {
                    again++;
                }
            }

            return anchors;
        }
    }

    /// <summary>What stands between backticks in the prose.</summary>
    public IEnumerable<string> CodeSpans => Prose.SelectMany(line => CodeSpan().Matches(line)).Select(match => match.Groups["code"].Value);

    /// <summary>The lines of blocks of commands: without comments, and one where a backslash goes on with the next.</summary>
    public IEnumerable<string> Commands =>
        from block in Blocks
        where block.Language == "sh"
        from line in string.Join('\n', block.Lines).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
        let command = Comment().Replace(line, "").Trim()
        where command.Length > 0
        select Spaces().Replace(command, " ");

    /// <summary>Every page of the checkout, in order.</summary>
    public static IReadOnlyList<MarkdownPage> ReadAll() =>
        [.. Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
            .Select(path => System.IO.Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => !path.StartsWith('.') && !path.Split('/').Intersect(NotOurs).Any())
            .Order(StringComparer.Ordinal)
            .Select(path => Parse(path, File.ReadAllLines(System.IO.Path.Combine(Repository.Root, path))))];

    private static MarkdownPage Parse(string path, string[] lines)
    {
        var prose = new List<string>();
        var blocks = new List<(string, IReadOnlyList<string>)>();
        List<string>? block = null;
        foreach (var line in lines)
        {
            if (!line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                (block ?? prose).Add(line);
            }
            else if (block is null)
            {
                block = [];
                blocks.Add((line.Trim().TrimStart('`'), block));
            }
            else
            {
                block = null;
            }
        }

        return new MarkdownPage(path, prose, blocks);
    }

    private static string AnchorOf(string heading)
    {
        var anchor = new StringBuilder();
        foreach (var sign in Link().Replace(heading, "${text}").Trim().ToLowerInvariant())
        {
            if (sign == ' ')
            {
                anchor.Append('-');
            }
            else if (char.IsLetterOrDigit(sign) || sign is '-' or '_')
            {
                anchor.Append(sign);
            }
        }

        return anchor.ToString();
    }

    [GeneratedRegex("""(\[(?<text>[^\]]*)\]\(|<img src=")(?<target>[^)"\s]+)[)"]""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex("^#{1,6} +(?<text>.+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();

    [GeneratedRegex("`(?<code>[^`]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"(^| )# .*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(" {2,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();
}
