using System.Diagnostics;
using System.Globalization;
using AmoLtv.Host.Tests.Installing;
using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.Conventions;

/// <summary>
/// Each command of the program that stands in a block of the documentation is run as a process, against a connected account of the sandbox, and
/// succeeds. Settings are made on an account of their own, so that examples do not change what the other commands find.
/// </summary>
[TestFixture, Category("Slow")]
public sealed class DocumentedCommandTests
{
    private static readonly string[] Lines = [.. MarkdownPage.ReadAll().SelectMany(page => page.Commands).Distinct()];

    private readonly string _folder = Directory.CreateTempSubdirectory("amoltv-documented-").FullName;
    private ConnectedSandbox _settings = null!;
    private ConnectedSandbox _account = null!;

    [OneTimeSetUp]
    public async Task ConnectAsync()
    {
        _settings = await ConnectedSandbox.StartAsync();
        _account = await ConnectedSandbox.StartAsync();
        await _settings.ConnectQuietlyAsync();
        await _account.ConnectAsync();
        var token = await _account.ControlAsync(HttpMethod.Post, "long_token", new { clientId = ConnectedSandbox.ClientId });
        await File.WriteAllTextAsync(InFolder("token.txt"), token.GetProperty("access_token").GetString());
        await File.WriteAllLinesAsync(InFolder("spend.csv"), MarkdownPage.ReadAll().Single(page => page.Path == "docs/settings.en.md").Blocks.Single(block => block.Language == "csv").Lines);
        await File.WriteAllLinesAsync(InFolder("purchases.csv"), Purchases().Prepend("customer_id,date,amount"));
    }

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        await _settings.DisposeAsync();
        await _account.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void Every_line_of_a_block_of_commands_is_run_here_or_said_not_to_be() =>
        Assert.That(Lines.Where(line => DocumentedCommands.Arguments(line) is null && !DocumentedCommands.IsNotRun(line)), Is.Empty,
            "Run it here, or add it to DocumentedCommands.NotRun with the reason.");

    [Test]
    public async Task Every_documented_command_of_the_program_succeeds()
    {
        var commands = Lines.Where(line => DocumentedCommands.Arguments(line) is not null).ToLookup(line => DocumentedCommands.Arguments(line)![0] == "settings");
        var began = Stopwatch.GetTimestamp();

        var results = await Task.WhenAll(RunAsync(_settings, [.. commands[true]]), RunAsync(_account, [.. commands[false]]));

        await TestContext.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s in all; deploy/demo.sh, the rest of the quick start, prints its own seconds."));
        Assert.That(results.SelectMany(part => part).Where(result => result.Status != 0), Is.Empty);
        Assert.That(results.Sum(part => part.Count), Is.GreaterThan(20));
    }

    private async Task<List<Result>> RunAsync(ConnectedSandbox sandbox, string[] lines)
    {
        var results = new List<Result>();
        foreach (var line in lines)
        {
            var arguments = DocumentedCommands.Arguments(line)!.Select(word => Substitute(sandbox, word)).ToArray();
            var began = Stopwatch.GetTimestamp();
            var (status, _, errors) = await ServiceProcess.RunAsync(sandbox.EnvironmentOf(), arguments);
            results.Add(new Result(line, status, errors));
            await TestContext.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(began).TotalSeconds,5:F1} s  {line}"));
        }

        return results;
    }

    /// <summary>What stands in the documentation for something of the reader's, and what is there in its place here.</summary>
    private string Substitute(ConnectedSandbox sandbox, string word) => word switch
    {
        "acme.amocrm.ru" => sandbox.Server.Address.Authority,
        "token.txt" or "spend.csv" or "purchases.csv" => InFolder(word),
        "12345" => sandbox.Account.ToString(),
        "http://127.0.0.1:8081/health/ready" => new Uri(sandbox.HostAddress, "health/ready").ToString(),
        _ when word.StartsWith("/var/", StringComparison.Ordinal) => InFolder(Path.GetFileName(word)),
        _ => word,
    };

    private string InFolder(string name) => Path.Combine(_folder, name);

    /// <summary>A year and a half of thirty customers, long enough to hide the last nine months of.</summary>
    private static IEnumerable<string> Purchases() =>
        from customer in Enumerable.Range(1, 30)
        from purchase in Enumerable.Range(0, 2 + (customer % 5))
        let day = new DateOnly(2025, 1, 1).AddDays((customer * 7) + (purchase * (40 + (customer * 3))))
        select string.Create(CultureInfo.InvariantCulture, $"c{customer},{day:yyyy-MM-dd},{1000 + (customer * 100) + (purchase * 50)}");

    private sealed record Result(string Line, int Status, string Errors);
}
