using System.Diagnostics;
using AmoLtv.Host.Database;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Running;
using AmoLtv.Host.Tests.Installing;
using AmoLtv.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AmoLtv.Host.Tests.Restoring;

/// <summary>The disaster: the cluster and the keys are gone, and what two folders hold brings everything back.</summary>
[TestFixture, Category("Slow")]
public sealed class BackupTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly DateOnly AsOf = new(2026, 11, 1);

    private static readonly string Program = $"dotnet {Path.Combine(AppContext.BaseDirectory, "amoltv.dll")}";

    private string _folder = null!;
    private ConnectedSandbox _crm = null!;

    private string Dumps => Path.Combine(_folder, "dumps");

    private string Archives => Path.Combine(_folder, "archives");

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("amoltv-backup-").FullName;
        _crm = await ConnectedSandbox.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _crm.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Service_goes_on_from_dump_and_keys_after_the_cluster_and_the_keys_were_lost()
    {
        var first = Place("first");
        IReadOnlyList<string> before;
        await using (var cluster = await PostgresCluster.StartAsync())
        {
            var lost = await cluster.CreateDatabaseAsync();
            before = await NightAsync(lost, first);
            MakeOldCopies();
            // The certificate changed meanwhile: what is stored is read by the earlier one, and the program says where it is.
            var changed = first with { Certificate = KeyCertificate.Make(Directory.CreateDirectory(Path.Combine(_folder, "changed")).FullName, password: null, days: 2), Previous = first.Certificate };
            await SucceedsAsync("backup.sh", _crm.EnvironmentOf(Settings(lost, changed)), "--dumps", "dumps", "--keys-to", "archives", "--amoltv", Program, "--keep", "1", "--database", Libpq(lost));
        }

        Directory.Delete(Path.GetDirectoryName(first.Keys)!, recursive: true);
        Directory.Delete(Path.Combine(_folder, "changed"), recursive: true);
        var dump = Directory.GetFiles(Dumps).Single();
        var archive = Directory.GetFiles(Archives).Single();
        await using var another = await PostgresCluster.StartAsync();
        var restored = await another.CreateDatabaseAsync();
        await MakePlainDatabaseAsync(restored);
        var second = Place("second", withCertificate: false) with { Previous = Path.Combine(_folder, "second", "earlier.pfx") };
        string[] restore =
        [
            "--dump", dump, "--keys-archive", archive, "--keys", second.Keys, "--certificate", second.Certificate, "--certificate", second.Previous!, "--database", Libpq(restored),
            "--amoltv", Program,
        ];
        await FailsAsync("the archive holds 2, in this order: " + Path.Combine(_folder, "changed", "keys.pfx"), "restore.sh", [.. restore[..8], .. restore[10..]]);
        await FailsAsync("its encoding is SQL_ASCII and has to be UTF8", "restore.sh", [.. restore.Select(argument => argument == Libpq(restored) ? Libpq(restored, "plain") : argument)]);
        var said = await SucceedsAsync("restore.sh", _crm.EnvironmentOf(Settings(restored, second)), restore);

        Assert.That(said, Does.Contain("The schema is up to date.").And.Contain("1 accounts, 60 leads").And.Contain("systemctl start amoltv"));
        Assert.That(before, Has.Count.GreaterThan(5));
        Assert.That(await ValuesAsync(restored), Is.EqualTo(before));
        await RenewsAsync(restored, second);
        Assert.That(await NightAsync(restored, second, connect: false), Is.EqualTo(before), "The night after values what is unchanged the same.");

        await FailsAsync("is not empty, it has", "restore.sh", [.. restore.Select(argument => argument == second.Keys ? second.Keys + "-2" : argument == second.Certificate || argument == second.Previous ? argument + "-2" : argument)]);
        await FailsAsync("cannot be written", "restore.sh", [.. restore.Select(argument => argument == second.Keys ? second.Keys + "-2" : argument == second.Certificate || argument == second.Previous ? Path.Combine(dump, Path.GetFileName(argument)) : argument)]);
        await NeedsItsKeysAsync(restored);
    }

    [Test]
    public async Task Backup_refuses_one_place_for_dump_and_keys_and_a_folder_without_keys()
    {
        var place = Place("refused");
        await FailsAsync("holds no key", "backup.sh", "--dumps", Dumps, "--keys-to", Archives, "--keys", place.Keys);
        await File.WriteAllTextAsync(Path.Combine(place.Keys, "key-1.xml"), "<key/>");

        await FailsAsync("are one place", "backup.sh", "--dumps", Dumps, "--keys-to", Dumps, "--keys", place.Keys);
        await FailsAsync("are one place", "backup.sh", "--dumps", Dumps, "--keys-to", Path.Combine(Dumps, "keys"), "--keys", place.Keys);
        await FailsAsync("--keep: '0' is not allowed", "backup.sh", "--dumps", Dumps, "--keys-to", Archives, "--keys", place.Keys, "--keep", "0");
        await FailsAsync("pg_dump failed; nothing was kept", "backup.sh", "--dumps", Path.Combine(_folder, "none"), "--keys-to", Archives, "--keys", place.Keys, "--database", "host=/no/such/folder");
        Assert.That(Directory.GetFiles(Path.Combine(_folder, "none")), Is.Empty);
    }

    /// <summary>As a cluster without a locale makes them, unless it is told.</summary>
    private static async Task MakePlainDatabaseAsync(string another)
    {
        await using var connection = new NpgsqlConnection(another);
        await connection.ExecuteAsync("create database plain encoding 'SQL_ASCII' locale 'C' template template0");
    }

    /// <summary>The first copies of all; two of them are too many with <c>--keep 1</c>.</summary>
    private void MakeOldCopies()
    {
        Directory.CreateDirectory(Dumps);
        Directory.CreateDirectory(Archives);
        File.WriteAllText(Path.Combine(Dumps, "amoltv-20200101T000000Z.dump"), "");
        File.WriteAllText(Path.Combine(Archives, "amoltv-keys-20200101T000000Z.tar.gz"), "");
    }

    private async Task<IReadOnlyList<string>> NightAsync(string database, Kept place, bool connect = true)
    {
        var services = _crm.NewProcess(Settings(database, place));
        if (connect)
        {
            await services.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);
            Assert.That((await _crm.ConnectAsync(services, userId: null)).Status, Is.EqualTo("exchanged"));
        }

        var outcome = await services.GetRequiredService<AccountRunner>().RunAsync(
            _crm.Account, new RunRequest(RunCause.Command, [RunSteps.Sync, RunSteps.Recalculate], AsOf, TimeSpan.Zero), null, CancellationToken.None);
        Assert.That(outcome.Error, Is.Null);
        return await ValuesAsync(database);
    }

    /// <summary>A token that was stored before the disaster is read, and renewed at the CRM.</summary>
    private async Task RenewsAsync(string database, Kept place)
    {
        var keeper = _crm.NewProcess(Settings(database, place)).GetRequiredService<TokenKeeper>();
        var stored = await keeper.GetAsync(_crm.Account, ConnectedSandbox.ClientId, rejected: null, CancellationToken.None);
        await using (var connection = new NpgsqlConnection(database))
        {
            await connection.ExecuteAsync("update grants set expires_at = now()");
        }

        var renewed = await _crm.NewProcess(Settings(database, place)).GetRequiredService<TokenKeeper>()
            .GetAsync(_crm.Account, ConnectedSandbox.ClientId, rejected: null, CancellationToken.None);

        Assert.That(renewed, Is.Not.EqualTo(stored));
    }

    private async Task NeedsItsKeysAsync(string database)
    {
        var keeper = _crm.NewProcess(Settings(database, Place("without"))).GetRequiredService<TokenKeeper>();

        Assert.That(
            async () => await keeper.GetAsync(_crm.Account, ConnectedSandbox.ClientId, rejected: null, CancellationToken.None),
            Throws.TypeOf<ConnectionLostException>().With.Message.Contains("the keys in Keys:Folder are not those it was encrypted with"));
    }

    private static async Task<IReadOnlyList<string>> ValuesAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        return [.. await connection.QueryAsync<string>(
            "select concat_ws(' ', scope, customer_id, ltv, historical_ltv, purchases) from customer_values where to_run is null order by scope, customer_id")];
    }

    private Kept Place(string name, bool withCertificate = true)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        var certificate = withCertificate ? KeyCertificate.Make(folder, password: null) : Path.Combine(folder, "keys.pfx");
        return new Kept(Directory.CreateDirectory(Path.Combine(folder, "keys")).FullName, certificate);
    }

    private static (string Key, string Value)[] Settings(string database, Kept place) =>
    [
        ("Database:ConnectionString", database), ("Keys:Folder", place.Keys), ("Keys:CertificateFile", place.Certificate),
        .. place.Previous is { } previous ? [("Keys:PreviousCertificateFiles:0", previous)] : Array.Empty<(string, string)>(),
    ];

    private static string Libpq(string connectionString, string? name = null)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString);
        return $"host={parts.Host} dbname={name ?? parts.Database} user={parts.Username}";
    }

    private async Task<string> SucceedsAsync(string script, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var (status, words) = await RunAsync(script, environment, arguments);
        Assert.That(status, Is.Zero, words);
        return words;
    }

    private async Task FailsAsync(string expected, string script, params string[] arguments)
    {
        var (status, words) = await RunAsync(script, new Dictionary<string, string>(), arguments);
        Assert.That(status, Is.EqualTo(1), words);
        Assert.That(words, Does.Contain(expected));
    }

    private async Task<(int Status, string Words)> RunAsync(string script, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("bash") { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = _folder };
        start.ArgumentList.Add(Path.Combine(Repository.Root, "deploy", script));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>What the keys lie in and are protected by.</summary>
    private sealed record Kept(string Keys, string Certificate, string? Previous = null);
}
