using System.Text.RegularExpressions;
using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.Conventions;

/// <summary>The example of a proxy writes no secret into its logs: webhooks carry one in their path, installs a code in their query.</summary>
[TestFixture]
public sealed partial class ProxyLogTests
{
    private static readonly string Configuration = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "nginx.conf"));

    [TestCase("/hooks/amo/S3CRET")]
    [TestCase("/hooks/amo/S3CRET/")]
    [TestCase("/HOOKS/AMO/S3CRET")]
    [TestCase("/hooks/amo/S3CRET/more")]
    public void Path_of_a_webhook_is_logged_without_its_secret(string path)
    {
        var logged = Logged(path);

        Assert.That(logged, Does.Not.Contain("S3CRET").And.StartWith("/hooks/"));
    }

    [TestCase("/api/cards/companies/1")]
    [TestCase("/oauth/callback")]
    public void Other_paths_are_logged_as_they_are(string path) => Assert.That(Logged(path), Is.EqualTo(path));

    [Test]
    public void Line_of_the_log_names_nothing_that_may_hold_a_secret()
    {
        var format = Format().Match(Configuration).Value;
        string[] secret = ["$request ", "$request\"", "$request_uri", "$uri", "$args", "$query_string", "$is_args", "$http_referer", "$http_cookie", "$http_authorization", "$http_x_auth_token"];

        Assert.That(format, Does.Contain("$amoltv_path"));
        Assert.That(secret.Where(variable => format.Contains(variable, StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Every_access_log_uses_that_format_and_errors_of_webhooks_and_installs_are_not_written_with_their_address()
    {
        Assert.That(AccessLog().Matches(Configuration).Select(log => log.Groups["format"].Value), Is.Not.Empty.And.All.EqualTo("amoltv"));
        var silent = Silent().Matches(Configuration).Single(location => location.Value.Contains("error_log /dev/null", StringComparison.Ordinal)).Groups["pattern"].Value;
        string[] secret = ["/hooks/amo/S3CRET", "/HOOKS/amo/S3CRET", "/oauth/callback", "/OAuth/callback", "/oauth/install", "/oauth/uninstalled"];
        Assert.That(secret.Where(path => !Regex.IsMatch(path, silent, RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1))), Is.Empty);
        Assert.That(new[] { "/api/cards/companies/1", "/app/oauth/" }.Where(path => Regex.IsMatch(path, silent, RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1))), Is.Empty);
    }

    [Test]
    public void Whoever_is_answered_over_IPv4_is_answered_over_IPv6()
    {
        var addresses = Listen().Matches(Configuration).Select(listen => listen.Groups["what"].Value).ToList();

        Assert.That(addresses.Where(address => address.StartsWith("[::]:", StringComparison.Ordinal)).Select(address => address[5..]), Is.Not.Empty.And.EquivalentTo(addresses.Where(address => !address.StartsWith('['))));
    }

    [Test]
    public void Proxy_tells_the_service_who_calls_and_takes_no_callers_word_for_it()
    {
        // A place that sets one header of its own inherits none.
        Assert.That(Location().Matches(Configuration).Select(match => match.Value).ToList(), Has.Count.GreaterThan(2).And.None.Contains("proxy_set_header"));
        Assert.That(Configuration, Does.Contain("proxy_set_header X-Forwarded-For $remote_addr;").And.Contain("proxy_set_header X-Forwarded-Proto $scheme;"));
    }

    /// <summary>The map of the configuration, as nginx reads it: the first pattern that matches, else the default.</summary>
    private static string Logged(string path)
    {
        foreach (var line in Map().Match(Configuration).Groups["body"].Value.Split('\n').Select(line => line.Trim()))
        {
            if (MapLine().Match(line) is { Success: true } rule
                && Regex.IsMatch(path, rule.Groups["pattern"].Value, rule.Groups["mark"].Value == "~*" ? RegexOptions.IgnoreCase : RegexOptions.None, TimeSpan.FromSeconds(1)))
            {
                return rule.Groups["value"].Value;
            }
        }

        return path;
    }

    [GeneratedRegex(@"map \$uri \$amoltv_path \{(?<body>[^}]*default \$uri;[^}]*)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Map();

    [GeneratedRegex(@"^(?<mark>~\*?)(?<pattern>\S+) +(?<value>[^;]+);", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MapLine();

    [GeneratedRegex(@"log_format amoltv[^;]*;", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Format();

    [GeneratedRegex(@"access_log \S+ (?<format>\w+);", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AccessLog();

    [GeneratedRegex(@"location ~\* (?<pattern>\S+) \{[^}]*\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Silent();

    [GeneratedRegex(@"^  listen (?<what>[^;]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listen();

    [GeneratedRegex(@"location [^{]*\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Location();
}
