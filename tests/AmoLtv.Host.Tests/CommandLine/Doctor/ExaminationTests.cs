using System.Text.Json;
using AmoLtv.Host.CommandLine.Doctor;
using AmoLtv.Host.Database;
using AmoLtv.Host.Scheduling;
using AmoLtv.Host.Tests.Installing;
using AmoLtv.Testing;
using Npgsql;

namespace AmoLtv.Host.Tests.CommandLine.Doctor;

/// <summary>The doctor beside a service that works, and beside one of which something is broken on purpose.</summary>
[TestFixture, Category("Slow")]
public sealed class ExaminationTests
{
    private readonly string _role = $"amoltv_doctor_{Guid.NewGuid():N}"[..24];

    private ConnectedSandbox _crm = null!;
    private string _pages = null!;
    private string _keys = null!;
    private string _certificate = null!;
    private string _lesser = null!;

    [OneTimeSetUp]
    public async Task ConnectAsync()
    {
        _pages = Directory.CreateTempSubdirectory("amoltv-pages-").FullName;
        await File.WriteAllTextAsync(Path.Combine(_pages, "index.html"), "<!doctype html>");
        _keys = Directory.CreateTempSubdirectory("amoltv-keys-").FullName;
        var certificates = Directory.CreateTempSubdirectory("amoltv-certificate-").FullName;
        _certificate = KeyCertificate.Make(certificates, password: null, days: 365);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_certificate, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        _crm = await ConnectedSandbox.StartAsync();
        await SchedulerSchema.ProvisionAsync(_crm.Database, CancellationToken.None);
        await new RoleGrants(_crm.Database).GrantAsync(_role, CancellationToken.None);
        // As deploy/install.sh gives it: without it the room on the database's disk cannot be seen.
        await _crm.ExecuteAsync($"grant pg_read_all_settings to {_role}");
        _lesser = new NpgsqlConnectionStringBuilder(_crm.ConnectionString) { Username = _role }.ConnectionString;
        await _crm.ServeAsync(Well());
        await _crm.InstallAsync(null);
        await _crm.EventuallyAsync("select count(*) from grants", 1);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _crm.DisposeAsync();
        Directory.Delete(_pages, recursive: true);
        Directory.Delete(_keys, recursive: true);
        Directory.Delete(Path.GetDirectoryName(_certificate)!, recursive: true);
    }

    [Test]
    public async Task Service_that_works_is_found_well_by_the_command_in_words_and_as_JSON()
    {
        var environment = _crm.EnvironmentOf(Well());

        var (status, words, errors) = await ServiceProcess.RunAsync(environment, "doctor");
        var (_, line, _) = await ServiceProcess.RunAsync(environment, "doctor", "--json");

        Assert.That(status, Is.Zero, words + errors);
        Assert.That(words.TrimEnd(), Does.EndWith("ok, 0 to look after, 0 failed."), words);
        using var json = JsonDocument.Parse(line);
        Assert.That(json.RootElement.GetProperty("isWell").GetBoolean(), Is.True);
        Assert.That(
            json.RootElement.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("check").GetString()).Distinct(),
            Is.EquivalentTo(["settings", "database", "connections", "migrations", "privileges", "clock", "crm", "redirect-uri", "public-address", "certificate", "keys", "tokens", "pages", "disk"]));
        Assert.That(line, Does.Not.Contain(Sandbox.SandboxOptions.DefaultIntegration.Secret));
    }

    [Test]
    public async Task Command_exits_with_1_where_something_failed_and_says_what_to_do()
    {
        var (status, words, _) = await ServiceProcess.RunAsync(_crm.EnvironmentOf(Well(("Database:ConnectionString", "Host=/no/such/folder;Username=amoltv"))), "doctor");

        Assert.That(status, Is.EqualTo(1));
        Assert.That(words, Does.Contain("failed   database        PostgreSQL does not answer at /no/such/folder:5432").And.Contain("Start PostgreSQL"));
        Assert.That(words, Does.Contain("failed   tokens          Not looked at: the database does not answer."));
        Assert.That(words, Does.Contain("ok       crm"), "What needs no database is looked at all the same.");
    }

    [TestCase("Crm:TimeoutSeconds", "x", "settings", Outcome.Failed, "Crm:TimeoutSeconds: 'x' is not allowed")]
    [TestCase("Retention:RunDays", "5", "settings", Outcome.Failed, "Retention:RunDays: 5 is not allowed")]
    [TestCase("Keys:CertificateFile", "/no/such.pfx", "certificate", Outcome.Failed, "Keys:CertificateFile: /no/such.pfx cannot be read")]
    [TestCase("Pages:Folder", "/no/such/pages", "pages", Outcome.Warning, "no index.html in /no/such/pages")]
    [TestCase("Crm:ExtraHosts:1", "127.0.0.1:9", "crm", Outcome.Failed, "127.0.0.1:9 cannot be reached")]
    [TestCase("Webhooks:PublicAddress", "http://127.0.0.1:9", "public-address", Outcome.Failed, "Nothing answers at 127.0.0.1:9")]
    [TestCase("Integrations:0:RedirectUri", "http://127.0.0.1:9/oauth", "redirect-uri", Outcome.Failed, "is not where the service takes codes")]
    [TestCase("Database:ProvisionSchema", "true", "privileges", Outcome.Failed, "may not create tables, and Database:ProvisionSchema is true")]
    public async Task Setting_that_does_not_hold_has_its_line(string key, string value, string check, Outcome outcome, string words) =>
        await FindsAsync(check, outcome, words, (key, value));

    [Test]
    public async Task Superuser_is_advised_against() =>
        await FindsAsync("privileges", Outcome.Warning, "is a superuser", ("Database:ConnectionString", _crm.ConnectionString));

    [Test]
    public async Task Database_without_a_schema_is_told_to_be_migrated()
    {
        var empty = await DatabaseServer.CreateEmptyDatabaseAsync();

        await FindsAsync("migrations", Outcome.Failed, "migrations are not applied", ("Database:ConnectionString", empty));
    }

    [Test]
    public async Task Right_that_was_taken_from_the_role_is_named()
    {
        await _crm.ExecuteAsync($"revoke update on remarks from {_role}");

        await FindsAsync("privileges", Outcome.Failed, "lacks update on remarks");

        await _crm.ExecuteAsync($"grant update on remarks to {_role}");
    }

    [Test]
    public async Task Tokens_that_other_keys_encrypted_are_told_of()
    {
        var other = Directory.CreateTempSubdirectory("amoltv-keys-").FullName;

        await FindsAsync("tokens", Outcome.Failed, "1 of 1 stored tokens cannot be decrypted", ("Keys:Folder", other));

        Directory.Delete(other, recursive: true);
    }

    [Test]
    public async Task Keys_that_lie_in_the_databases_folder_or_open_to_everybody_are_told_of()
    {
        var folder = Directory.CreateTempSubdirectory("amoltv-keys-").FullName;
        var inside = Path.Combine(folder, "keys");
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(inside, (UnixFileMode)0b111_101_101);
        }

        await FindsAsync("keys", Outcome.Warning, "Every user of this machine may read", ("Keys:Folder", inside));
        await File.WriteAllTextAsync(Path.Combine(folder, "PG_VERSION"), "15");
        await FindsAsync("keys", Outcome.Failed, "lies in the database's folder", ("Keys:Folder", inside));

        Directory.Delete(folder, recursive: true);
    }

    private async Task FindsAsync(string check, Outcome outcome, string words, params (string Key, string Value)[] broken)
    {
        var findings = await Examination.RunAsync(_crm.NewProcess(Well(broken)), CancellationToken.None);

        Assert.That(
            findings, Has.Some.Matches<Finding>(finding => finding!.Check == check && finding.Outcome == outcome && finding.Words.Contains(words, StringComparison.Ordinal) && finding.Next is { Length: > 10 }),
            string.Join("\n", findings));
    }

    /// <summary>Settings of the service that works, some of them spoiled.</summary>
    private (string Key, string Value)[] Well(params (string Key, string Value)[] broken) =>
    [
        ("Database:ConnectionString", _lesser),
        ("Database:ProvisionSchema", "false"),
        ("Keys:Folder", _keys),
        ("Keys:CertificateFile", _certificate),
        ("Pages:Folder", _pages),
        .. broken,
    ];
}
