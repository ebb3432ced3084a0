using System.Text.Json;
using System.Text.RegularExpressions;
using AmoLtv.Core.Identity;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Exporting;
using AmoLtv.Host.Installing;
using AmoLtv.Testing;
using CsvHelper;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;

namespace AmoLtv.Host.Tests.Exporting;

/// <summary>What is stored of an account can be taken along and deleted: all of it, in every table there is or will be.</summary>
[TestFixture, Category("Slow")]
public sealed class AccountExportTests
{
    /// <summary>Nobody's test erases it.</summary>
    private const long Lasting = 41;
    private const long Erased = 42;
    private const long Swept = 43;

    /// <summary>Tables that hold nothing of any account, and why: one that is not among them has to say whose its rows are.</summary>
    private static readonly Dictionary<string, string> OfNobody = new()
    {
        ["schema_migrations"] = "which migrations were applied",
        ["oauth_states"] = "a browser that began an install; the account is not known yet, and the row goes after a day",
        ["qrtz_calendars"] = "the scheduler's own",
        ["qrtz_locks"] = "the scheduler's own",
        ["qrtz_paused_job_grps"] = "the scheduler's own",
        ["qrtz_paused_trigger_grps"] = "the scheduler's own",
        ["qrtz_scheduler_state"] = "the scheduler's own: processes",
    };

    private FilledTables _tables = null!;
    private string _folder = null!;

    [OneTimeSetUp]
    public async Task FillAsync() => _tables = await FilledTables.CreateAsync(Lasting, Erased, Swept);

    [OneTimeTearDown]
    public async Task RemoveAsync() => await _tables.DisposeAsync();

    [SetUp]
    public void MakeFolder() =>
        _folder = Path.Combine(Directory.CreateTempSubdirectory("amoltv-export-").FullName, "account");

    [TearDown]
    public void RemoveFolder() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Test]
    public async Task Every_table_of_the_catalog_says_whose_its_rows_are_or_is_known_to_be_nobodys()
    {
        await using var connection = await _tables.Database.OpenConnectionAsync();
        var all = await FilledTables.ListAsync(connection);
        var known = (await AccountTables.ListAsync(connection, CancellationToken.None)).Select(table => table.Name);

        Assert.That(all.Except(known), Is.EquivalentTo(OfNobody.Keys));
    }

    [TestCase("data.md")]
    [TestCase("data.ru.md")]
    public async Task Every_table_is_named_in_the_document_of_what_is_stored(string document)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", document));
        await using var connection = await _tables.Database.OpenConnectionAsync();
        var tables = (await FilledTables.ListAsync(connection)).Where(table => !table.StartsWith("qrtz_", StringComparison.Ordinal));

        Assert.That(tables.Where(table => !text.Contains($"`{table}`", StringComparison.Ordinal)), Is.Empty);
        Assert.That(TablesOf(text).Except(tables), Is.Empty, "It names what is no table.");
    }

    /// <summary>What stands in the second column of a table of three: what is kept, in which tables, for how long.</summary>
    private static IEnumerable<string> TablesOf(string document) => document.Split('\n')
        .Select(line => line.Split('|'))
        .Where(cells => cells.Length == 5 && !cells[1].Contains('`', StringComparison.Ordinal))
        .SelectMany(cells => Regex.Matches(cells[2].Split(':')[0], "`(?<table>[a-z_]+)`", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
        .Select(match => match.Groups["table"].Value);

    [Test]
    public async Task Export_then_erase_leaves_no_row_of_the_account_in_any_table_and_every_row_of_another()
    {
        var before = await _tables.CountAsync(Erased);
        var manifest = await WriteAsync(Erased);

        var receipt = await Eraser().EraseAsync(new AccountId(Erased), ErasureCause.Command, CancellationToken.None);

        Assert.That(before, Has.Count.GreaterThan(60), "The tables were filled.");
        Assert.That(manifest.Tables.Where(table => table.Rows > 0).Select(table => table.Table), Is.EquivalentTo(before.Keys));
        Assert.That(receipt!.Tables.Keys, Is.EquivalentTo(before.Keys.Where(table => table != "erasure_receipts")));
        Assert.That((await _tables.CountAsync(Erased)).Keys, Is.EqualTo(new[] { "erasure_receipts" }), "The receipt proves the erasure, and holds numbers of rows alone.");
        Assert.That(await _tables.CountAsync(Lasting), Is.EqualTo(before), "Of another account nothing may go.");
    }

    [Test]
    public async Task Each_table_with_rows_is_written_as_JSON_and_as_CSV_with_the_same_rows()
    {
        var manifest = await ExportAsync();

        foreach (var table in manifest.Tables)
        {
            using var json = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "json", table.Table + ".json")));
            using var csv = CsvReader.FromText(await File.ReadAllTextAsync(Path.Combine(_folder, "csv", table.Table + ".csv")), CsvReaderOptions.Default);
            csv.ReadHeader();
            Assert.That(csv.Read(), Is.True, table.Table);
            var row = json.RootElement.EnumerateArray().Single();
            Assert.That(row.EnumerateObject().Select(value => value.Name), Is.EqualTo(table.Columns), table.Table);
            foreach (var (place, column) in table.Columns.Index().Where(column => row.GetProperty(column.Item).GetRawText().StartsWith("\"4", StringComparison.Ordinal)))
            {
                Assert.That(csv.GetString(place), Is.EqualTo(row.GetProperty(column).GetString()), $"{table.Table}.{column}");
            }
        }

        Assert.That(File.Exists(Path.Combine(_folder, "manifest.json")));
    }

    [Test]
    public async Task Secrets_are_left_out_and_named()
    {
        var manifest = await ExportAsync();
        var files = Directory.GetFiles(_folder, "*", SearchOption.AllDirectories);
        await using var connection = await _tables.Database.OpenConnectionAsync();
        var binary = await connection.QueryAsync<string>(
            """
            select c.table_name || '.' || c.column_name from information_schema.columns c
            where c.table_schema = 'public' and c.udt_name = 'bytea' and c.table_name not in ('oauth_states', 'qrtz_calendars')
            """);

        Assert.That(manifest.Tables.SelectMany(table => table.LeftOut.Select(column => $"{table.Table}.{column}")), Is.EquivalentTo(binary));
        Assert.That(manifest.Tables.Single(table => table.Table == "grants").LeftOut, Is.EqualTo(["access_token", "refresh_token"]));
        var hex = Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(FilledTables.Secret));
        foreach (var file in files)
        {
            Assert.That(await File.ReadAllTextAsync(file), Does.Not.Contain(FilledTables.Secret).And.Not.Contain(hex), file);
        }
    }

    [Test]
    public async Task Files_are_for_their_owner_alone()
    {
        await ExportAsync();

        if (!OperatingSystem.IsWindows())
        {
            foreach (var entry in Directory.GetFileSystemEntries(_folder, "*", SearchOption.AllDirectories).Append(_folder))
            {
                Assert.That(File.GetUnixFileMode(entry) & (UnixFileMode)0b000_111_111, Is.EqualTo(UnixFileMode.None), entry);
            }
        }
    }

    [Test]
    public async Task Export_wants_an_empty_folder_and_an_account_that_is_there()
    {
        Assert.That(async () => await WriteAsync(44), Throws.TypeOf<CommandFailedException>().With.Message.Contains("Nothing is stored of account 44"));
        Assert.That(Directory.Exists(_folder), Is.False);

        await ExportAsync();
        Assert.That(async () => await WriteAsync(Lasting), Throws.TypeOf<CommandFailedException>().With.Message.Contains("is not empty"));
    }

    [Test]
    public async Task What_a_process_stored_of_an_erased_account_afterwards_is_swept_up()
    {
        await Eraser().EraseAsync(new AccountId(Swept), ErasureCause.Command, CancellationToken.None);
        await using var connection = await _tables.Database.OpenConnectionAsync();
        await connection.ExecuteAsync("insert into request_permits (account_id, client_id, next_slot) values (@Swept, 'x', now())", new { Swept });
        var erased = await new ErasureStore(_tables.Database).ListErasedAsync(TimeProvider.System.GetUtcNow(), CancellationToken.None);

        await Eraser().SweepAsync(erased.Single(account => account.Value == Swept), CancellationToken.None);

        Assert.That((await _tables.CountAsync(Swept)).Keys, Is.EqualTo(new[] { "erasure_receipts" }));
        Assert.That(await connection.ExecuteScalarAsync<long>("select count(*) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())"), Is.Zero);
    }

    private AccountEraser Eraser() => new(_tables.Database, [], TimeProvider.System, NullLogger<AccountEraser>.Instance);

    private Task<ExportManifest> ExportAsync() => WriteAsync(Lasting);

    private Task<ExportManifest> WriteAsync(long account) => new AccountExport(_tables.Database).WriteAsync(new AccountId(account), _folder, CancellationToken.None);
}
