using System.Net;
using System.Net.Sockets;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Tests.Crashing;
using AmoLtv.Host.Tests.Running;
using AmoLtv.Testing;
using Npgsql;

namespace AmoLtv.Host.Tests.CommandLine;

/// <summary>What a person sees of the real program when a setting is wrong: the key, what is allowed, and no stack.</summary>
[TestFixture, Category("Slow")]
public sealed class WrongSettingsTests
{
    private string _database = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _database = await DatabaseServer.CreateMigratedDatabaseAsync();

    [TestCase("Crm__RequestsPerSecond", "abc", "Crm:RequestsPerSecond: 'abc' is not allowed; a number")]
    [TestCase("Crm__TimeoutSeconds", "x", "Crm:TimeoutSeconds: 'x' is not allowed; a whole number")]
    [TestCase("Crm__TimeoutSeconds", "0", "Crm:TimeoutSeconds: 0 is not allowed; 1 to 120")]
    [TestCase("Scheduling__RunWhenConnected", "perhaps", "Scheduling:RunWhenConnected: 'perhaps' is not allowed; true or false")]
    [TestCase("Scheduling__MaxRunsAtOnce", "0", "Scheduling:MaxRunsAtOnce: 0 is not allowed; 1 to 64")]
    [TestCase("Proxy__KnownProxies__0", "proxy", "Proxy:KnownProxies:0: 'proxy' is not allowed; an IP address")]
    [TestCase("Database__ConnectionString", "Hst=/tmp", "Database:ConnectionString: 'hst' is not a key of it")]
    [TestCase("Database__ConnectionString", "nonsense", "Database:ConnectionString: ")]
    [TestCase("Database__ConnectionString", "", "Database:ConnectionString: missing")]
    public async Task Setting_that_is_wrong_is_named(string variable, string value, string words)
    {
        // The schedule is the server's alone.
        string[] verbs = variable.StartsWith("Scheduling", StringComparison.Ordinal) ? ["serve"] : ["accounts", "serve"];
        foreach (var verb in verbs)
        {
            await FailsAsync(new() { [variable] = value }, [verb], words);
        }
    }

    [Test]
    public async Task Every_section_that_is_wrong_is_named_before_the_database_is_waited_for()
    {
        var settings = new Dictionary<string, string>
        {
            ["Database__ConnectionString"] = "Host=/no/such/folder",
            ["Crm__RequestsPerSecond"] = "99",
            ["Scheduling__ReconcileSeconds"] = "x",
            ["Proxy__KnownProxies__0"] = "proxy",
        };

        var errors = await FailsAsync(settings, ["serve"], "Crm:RequestsPerSecond: 99");

        Assert.That(errors, Does.Contain("Scheduling:ReconcileSeconds: 'x'").And.Contain("Proxy:KnownProxies:0"));
        Assert.That(errors, Does.Not.Contain("PostgreSQL does not answer"));
    }

    [Test]
    public async Task Database_or_role_that_does_not_exist_is_named()
    {
        var parts = new NpgsqlConnectionStringBuilder(_database);
        await FailsAsync(new() { ["Database__ConnectionString"] = new NpgsqlConnectionStringBuilder(_database) { Database = "missing" }.ConnectionString }, ["accounts"], "\"missing\" does not exist");
        parts.Username = "nobody_here";
        await FailsAsync(new() { ["Database__ConnectionString"] = parts.ConnectionString }, ["serve"], "\"nobody_here\" does not exist");
    }

    [TestCase("nonsense")]
    [TestCase("ftp://127.0.0.1:8080")]
    public async Task Address_that_is_none_is_named(string urls) => await FailsAsync([], ["serve", "--urls", urls], $"'{urls}' is not allowed");

    [Test]
    public async Task Port_in_use_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        await FailsAsync([], ["serve", "--urls", $"http://{listener.LocalEndpoint}"], $"cannot listen at http://{listener.LocalEndpoint}");
    }

    [Test]
    public async Task Sandbox_clock_that_does_not_answer_is_named()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var address = free.LocalEndpoint.ToString()!;
        free.Stop();

        await FailsAsync(new() { ["Crm__SandboxClock"] = $"http://{address}", ["Crm__ExtraHosts__0"] = address }, ["accounts"], "Crm:SandboxClock: no sandbox answers");
    }

    [Test]
    public async Task Configuration_file_that_is_broken_is_named()
    {
        var folder = Directory.CreateTempSubdirectory("amoltv-settings-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "appsettings.json"), "{ \"Crm\": { ");

        await FailsAsync(new() { ["DOTNET_CONTENTROOT"] = folder }, ["accounts"], Path.Combine(folder, "appsettings.json"));

        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task Environment_is_read_the_same_way_by_the_server_and_by_other_verbs()
    {
        foreach (var verb in new[] { "accounts", "serve" })
        {
            await FailsAsync(new() { ["DOTNET_ENVIRONMENT"] = "", ["ASPNETCORE_ENVIRONMENT"] = "Staging" }, [verb], "Keys:CertificateFile: missing");
            await FailsAsync(new() { ["DOTNET_ENVIRONMENT"] = "Staging", ["ASPNETCORE_ENVIRONMENT"] = "Development" }, [verb], "Keys:CertificateFile: missing");
        }

        var (status, _, errors) = await ServiceProcess.RunAsync(Settings(new() { ["DOTNET_ENVIRONMENT"] = "" }), "accounts");
        Assert.That(status, Is.Zero, errors);
    }

    [Test]
    public async Task Command_stopped_while_it_waits_says_so_in_one_line()
    {
        var settings = Settings(new() { ["Database__ConnectionString"] = "Host=/no/such/folder;Username=amoltv", ["Database__WaitSeconds"] = "600" });
        await using var waiting = ServiceProcess.Start(settings, "accounts");
        await Eventually.IsTrueAsync(() => Task.FromResult(waiting.Errors.Contains("does not answer", StringComparison.Ordinal)), TimeSpan.FromMinutes(2), () => waiting.Errors);

        await IsCancelledAsync(waiting);
    }

    [Test]
    public async Task Command_stopped_while_another_run_holds_the_account_says_so_in_one_line()
    {
        var connectionString = await DatabaseServer.CreateMigratedDatabaseAsync();
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var connected = database.CreateCommand(
            """
            insert into accounts (account_id, base_uri, brand) values (1, 'https://acme.amocrm.ru', 'amocrm');
            insert into grants (account_id, client_id, access_token, expires_at, granted_by, is_admin) values (1, 'x', '', now(), 1, true);
            """);
        await connected.ExecuteNonQueryAsync();
        await using var holder = new RunningProcess(connectionString);
        await holder.BeginAndStopAsync(new AccountId(1));
        await using var waiting = ServiceProcess.Start(Settings(new() { ["Database__ConnectionString"] = connectionString }), "sync");
        await Eventually.IsTrueAsync(() => Task.FromResult(waiting.Errors.Contains("is held by", StringComparison.Ordinal)), TimeSpan.FromMinutes(2), () => waiting.Errors);

        await IsCancelledAsync(waiting);
    }

    private static async Task IsCancelledAsync(ServiceProcess waiting)
    {
        Assert.That(await waiting.TerminateAsync(), Is.EqualTo(130));
        Assert.That(waiting.Errors, Does.EndWith("Cancelled." + Environment.NewLine).And.Not.Contain("Unhandled").And.Not.Contain("   at "));
    }

    private async Task<string> FailsAsync(Dictionary<string, string> settings, string[] arguments, string words)
    {
        var (status, output, errors) = await ServiceProcess.RunAsync(Settings(settings), arguments);

        Assert.That(status, Is.EqualTo(1), output + errors);
        Assert.That(errors, Does.Contain(words));
        Assert.That(output + errors, Does.Not.Contain("   at ").And.Not.Contain("Unhandled"), "A stack was printed.");
        return errors;
    }

    private Dictionary<string, string> Settings(Dictionary<string, string> changes)
    {
        var settings = new Dictionary<string, string>
        {
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Database__ConnectionString"] = _database,
            ["Database__WaitSeconds"] = "60",
        };
        foreach (var (variable, value) in changes)
        {
            settings[variable] = value;
        }

        return settings;
    }
}
