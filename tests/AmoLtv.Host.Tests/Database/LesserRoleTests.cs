using AmoLtv.Host.Tests.Crashing;
using AmoLtv.Sandbox;
using AmoLtv.Testing;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Tests.Database;

/// <summary>A role without the right to change the schema does all that the service does.</summary>
[TestFixture, Category("Slow")]
public sealed class LesserRoleTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly string _role = $"amoltv_app_{Guid.NewGuid():N}"[..20];

    [Test]
    public async Task Whole_night_runs_under_a_role_that_can_neither_create_nor_drop_a_table()
    {
        await using var account = await ConnectedAccount.CreateAsync(new SandboxOptions { Companies = 8, Leads = 30 });
        await account.RunAsync("migrate", "--app-role", _role);
        var connectionString = new NpgsqlConnectionStringBuilder(account.Environment["Database__ConnectionString"]) { Username = _role }.ConnectionString;
        var environment = new Dictionary<string, string>(account.Environment)
        {
            ["Database__ConnectionString"] = connectionString,
            ["Database__ProvisionSchema"] = "false",
            ["Scheduling__ReconcileSeconds"] = "1",
            ["Scheduling__RunWhenConnected"] = "true",
        };

        await using (var service = ServiceProcess.Start(environment, "serve", "--urls", account.Environment["Integrations__0__RedirectUri"].Replace("/oauth/callback", "", StringComparison.Ordinal)))
        {
            await Eventually.IsTrueAsync(async () => (await account.ReadRowsAsync("select 1 from runs where status = 'finished'")).Count > 0, Patience, () => service.Output + service.Errors);
        }

        await RunAsync(environment, "write-back", "--enable", "--yes");
        await RunAsync(environment, "write-back");
        await RunAsync(environment, "verify");

        foreach (var statement in new[]
                 {
                     "create table x (id int)", "drop table leads", "alter table leads add column x int", "truncate leads", "create schema x",
                     "create role x", "update schema_migrations set checksum = ''", "create index x on leads (account_id)", "drop table qrtz_triggers",
                 })
        {
            await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
            await using var connection = await database.OpenConnectionAsync();
            Assert.That(
                async () => await connection.ExecuteAsync(statement),
                Throws.TypeOf<PostgresException>().With.Property(nameof(PostgresException.SqlState)).EqualTo(PostgresErrorCodes.InsufficientPrivilege), statement);
        }

        await using var owner = await account.Database.OpenConnectionAsync();
        foreach (var day in await owner.QueryAsync<string>("select inhrelid::regclass::text from pg_inherits where inhparent = 'crm_exchanges'::regclass"))
        {
            Assert.That(
                await owner.ExecuteScalarAsync<bool>("select has_table_privilege(@_role, @day, 'truncate')", new { _role, day }), Is.True, "Old days of the log of calls are emptied by the service.");
        }
    }

    [Test]
    public async Task Service_without_the_right_to_migrate_says_what_is_missing_and_migrate_makes_the_schedulers_tables_too()
    {
        var connectionString = await DatabaseServer.CreateEmptyDatabaseAsync();
        var keys = Directory.CreateTempSubdirectory("amoltv-keys-");
        var environment = new Dictionary<string, string>
        {
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["Database__ConnectionString"] = connectionString,
            ["Database__ProvisionSchema"] = "false",
            ["Keys__Folder"] = keys.FullName,
            ["Integrations__0__ClientId"] = "a",
            ["Integrations__0__ClientSecret"] = new string('a', 64),
            ["Integrations__0__RedirectUri"] = "http://127.0.0.1:1/oauth/callback",
        };

        var (status, _, errors) = await ServiceProcess.RunAsync(environment, "serve", "--urls", $"http://127.0.0.1:{FreePort.Next()}");
        await RunAsync(environment, "migrate");
        await RunAsync(environment, "migrate", "--app-role", _role);
        var (wrong, _, refusal) = await ServiceProcess.RunAsync(environment, "migrate", "--app-role", "a; drop table leads");
        keys.Delete(recursive: true);

        Assert.That(status, Is.EqualTo(1));
        Assert.That(errors, Does.Contain("amoltv migrate"));
        Assert.That(wrong, Is.EqualTo(1));
        Assert.That(refusal, Does.Contain("--app-role").And.Contain("not allowed"));
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var connection = await database.OpenConnectionAsync();
        Assert.That(await connection.ExecuteScalarAsync<bool>("select to_regclass('qrtz_triggers') is not null"), Is.True);
    }

    private static async Task RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var (status, output, errors) = await ServiceProcess.RunAsync(environment, arguments);
        Assert.That(status, Is.Zero, $"amoltv {string.Join(' ', arguments)}\n{output}\n{errors}");
    }
}
