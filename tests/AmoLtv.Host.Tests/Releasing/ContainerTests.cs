using System.CommandLine;
using System.Diagnostics;
using System.Text.RegularExpressions;
using AmoLtv.Host.CommandLine;
using AmoLtv.Testing;
using Microsoft.Extensions.Configuration;

namespace AmoLtv.Host.Tests.Releasing;

/// <summary>
/// <c>deploy/compose.yaml</c> and <c>deploy/Dockerfile</c> name only what the project has. They are read, not run: that needs an engine for containers.
/// </summary>
[TestFixture]
public sealed partial class ContainerTests
{
    private static readonly string Deploy = Path.Combine(Repository.Root, "deploy");
    private static readonly string Compose = File.ReadAllText(Path.Combine(Deploy, "compose.yaml"));
    private static readonly string Dockerfile = File.ReadAllText(Path.Combine(Deploy, "Dockerfile"));

    private string _made = null!;

    [OneTimeSetUp]
    public async Task PrepareAsync()
    {
        _made = Directory.CreateTempSubdirectory("amoltv-compose-").FullName;
        var secret = Path.Combine(_made, "secret");
        await File.WriteAllTextAsync(secret, "0123456789abcdef");
        await RunAsync("--domain", "crm.example.org", "--client-id", "11111111-2222-3333-4444-555555555555", "--client-secret-file", secret, "--out", Path.Combine(_made, "compose"));
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_made, recursive: true);

    [Test]
    public void Each_setting_is_one_that_the_program_reads()
    {
        var example = new ConfigurationBuilder().AddJsonFile(Path.Combine(Repository.Root, "appsettings.example.json")).Build()
            .AsEnumerable().Select(setting => Unnumbered(setting.Key)).ToHashSet(StringComparer.Ordinal);
        var named = Setting().Matches(Compose).Select(match => match.Groups["key"].Value.Replace("__", ":", StringComparison.Ordinal)).Distinct().ToList();

        // A list that is empty in the example has no entry of a number.
        Assert.That(named, Has.Count.GreaterThan(9));
        Assert.That(named.Where(key => !example.Contains(Unnumbered(key)) && !example.Contains(Unnumbered(key[..key.LastIndexOf(':')]))), Is.Empty);
    }

    [Test]
    public void Each_secret_is_declared_made_and_used_under_its_own_name()
    {
        var declared = SecretFile().Matches(Compose).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["file"].Value);
        var listed = SecretList().Matches(Compose).SelectMany(match => match.Groups["names"].Value.Split(", ")).Distinct();
        var read = SecretPath().Matches(Compose + File.ReadAllText(Path.Combine(_made, "compose", "site.conf"))).Select(match => match.Groups["name"].Value).Distinct().ToList();

        Assert.That(declared, Has.Count.EqualTo(8));
        Assert.That(declared.Keys, Is.EquivalentTo(listed));
        Assert.That(read, Is.SubsetOf(declared.Keys).And.Count.GreaterThan(6));
        Assert.That(declared.Select(secret => new FileInfo(Path.Combine(_made, secret.Value)).Length), Is.All.GreaterThan(10));
    }

    [Test]
    public async Task What_was_made_is_kept_when_it_is_prepared_again()
    {
        var folder = Path.Combine(_made, "compose");
        var before = Directory.GetFiles(folder).ToDictionary(file => file, File.ReadAllText);

        await RunAsync("--domain", "crm.example.org", "--client-id", "11111111-2222-3333-4444-555555555555", "--out", folder);

        Assert.That(Directory.GetFiles(folder).ToDictionary(file => file, File.ReadAllText), Is.EqualTo(before));
    }

    [Test]
    public void Each_variable_is_written_beside_it()
    {
        var written = File.ReadAllLines(Path.Combine(_made, ".env")).Select(line => line.Split('=')[0]);

        Assert.That(Variable().Matches(Compose).Select(match => match.Groups["name"].Value).Distinct(), Is.EquivalentTo(written));
    }

    [Test]
    public void Each_file_that_is_mounted_or_copied_exists()
    {
        var mounted = Mounted().Matches(Compose).Select(match => match.Groups["file"].Value)
            .Select(file => file.StartsWith("compose/", StringComparison.Ordinal) ? Path.Combine(_made, file) : Path.Combine(Deploy, file));
        var copied = Copied().Matches(Dockerfile).SelectMany(match => match.Groups["files"].Value.Split(' ')).Select(file => Path.Combine(Repository.Root, file)).ToList();

        Assert.That(mounted.Concat(copied).Where(path => !File.Exists(path) && !Directory.Exists(path)), Is.Empty);
        Assert.That(copied, Has.Count.GreaterThan(8));
    }

    [Test]
    public void Site_reaches_both_processes_on_the_port_they_listen_on_under_the_name_that_was_told()
    {
        var site = File.ReadAllText(Path.Combine(_made, "compose", "site.conf"));

        Assert.That(site, Does.Contain("server service-a:8080 max_fails=3 fail_timeout=2s;").And.Contain("server service-b:8080 max_fails=3 fail_timeout=2s;").And.Contain("server_name crm.example.org;"));
        Assert.That(site, Does.Not.Contain("example.com").And.Not.Contain("letsencrypt").And.Not.Contain("127.0.0.1:8080"));
        Assert.That(Compose, Does.Contain("\n  service-a:").And.Contain("\n  service-b:"));
        Assert.That(Dockerfile, Does.Contain("http://0.0.0.0:8080").And.Contain("EXPOSE 8080").And.Contain("http://127.0.0.1:8080/health/ready"));
    }

    [Test]
    public void Proxy_that_is_believed_is_the_one_that_has_this_address()
    {
        Assert.That(Address().Match(Compose).Groups["ip"].Value, Is.Not.Empty.And.EqualTo(Believed().Match(Compose).Groups["ip"].Value));
        Assert.That(Compose, Does.Contain("ip_range: 172.30.77.128/25"), "No other container is given the proxy's address.");
    }

    [Test]
    public void Commands_are_those_of_the_program()
    {
        var amoltv = new RootCommand { ServeCommand.Create(), MigrateCommand.Create(), HealthCommand.Create() };
        var commands = new[] { @"HEALTHCHECK[^\[]*\[""amoltv"", (?<words>[^\]]*)\]", @"(?m)^CMD \[(?<words>[^\]]*)\]" }
            .Select(pattern => Regex.Match(Dockerfile, pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["words"].Value)
            .Append(Regex.Match(Compose, @"command: \[(?<words>[^\]]*)\]", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["words"].Value)
            .Select(words => words.Replace("\"", "", StringComparison.Ordinal).Split(", "));

        Assert.That(commands.Select(words => amoltv.Parse(words).Errors.Count), Is.All.Zero);
    }

    [Test]
    public void Nothing_runs_as_root_or_writes_its_root_file_system_or_gains_rights()
    {
        Assert.That(Dockerfile, Does.Contain("\nUSER $APP_UID\n"));
        // The database, the proxy, and what all of the service's containers share.
        Assert.That(Regex.Count(Compose, @"read_only: true", RegexOptions.None, TimeSpan.FromSeconds(1)), Is.EqualTo(3));
        Assert.That(Regex.Count(Compose, @"no-new-privileges:true", RegexOptions.None, TimeSpan.FromSeconds(1)), Is.EqualTo(3));
        Assert.That(Compose, Does.Not.Contain("privileged: true").And.Not.Contain("docker.sock"));
    }

    private static string Unnumbered(string key) => Regex.Replace(key, @":\d+(?=:|$)", ":0", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static async Task RunAsync(params string[] arguments)
    {
        using var script = Process.Start(new ProcessStartInfo("bash", [Path.Combine(Deploy, "compose-prepare.sh"), .. arguments]) { UseShellExecute = false, RedirectStandardError = true })!;
        var errors = await script.StandardError.ReadToEndAsync();
        await script.WaitForExitAsync();
        Assert.That(script.ExitCode, Is.Zero, errors);
    }

    [GeneratedRegex(@"^ +(?<key>[A-Z]\w*?__\w+):", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Setting();

    [GeneratedRegex(@"^  (?<name>\S+):\n    file: \./(?<file>\S+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretFile();

    [GeneratedRegex(@"secrets: \[(?<names>[^\]]+)\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretList();

    [GeneratedRegex(@"/run/secrets/(?<name>[\w.-]*\w)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretPath();

    [GeneratedRegex(@"\$\{(?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"[-""] ?\./(?<file>[^:\s]+):/", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mounted();

    [GeneratedRegex(@"^COPY (?<files>[^-].*) \S+$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Copied();

    [GeneratedRegex(@"ipv4_address: (?<ip>\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"KnownProxies__0: (?<ip>\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Believed();
}
