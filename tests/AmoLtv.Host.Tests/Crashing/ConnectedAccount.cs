using System.Net.Http.Json;
using System.Text.Json;
using AmoLtv.Sandbox;
using AmoLtv.Testing;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Tests.Crashing;

/// <summary>A sandbox account connected to the service over real OAuth, and the program's commands on it.</summary>
internal sealed class ConnectedAccount : IAsyncDisposable
{
    public const string AsOf = "2026-11-01";

    private const string Secret = "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _folder;
    private readonly Dictionary<string, string> _environment;

    private bool _isSandboxStopped;

    private ConnectedAccount(string folder, SandboxServer sandbox, NpgsqlDataSource database, Dictionary<string, string> environment) =>
        (_folder, Sandbox, Database, _environment) = (folder, sandbox, database, environment);

    public SandboxServer Sandbox { get; }

    public NpgsqlDataSource Database { get; }

    public IReadOnlyDictionary<string, string> Environment => _environment;

    public static async Task<ConnectedAccount> CreateAsync(SandboxOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("amoltv-crash-").FullName;
        var service = $"http://127.0.0.1:{FreePort.Next()}";
        var sandbox = await SandboxServer.StartAsync(options with
        {
            DataFolder = Path.Combine(folder, "sandbox"),
            Integrations = [new SandboxIntegration("crash-tests", Secret, service + "/oauth/callback")],
        });
        var connectionString = await DatabaseServer.CreateMigratedDatabaseAsync();
        var environment = new Dictionary<string, string>
        {
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Database__ConnectionString"] = connectionString,
            ["Integrations__0__ClientId"] = "crash-tests",
            ["Integrations__0__ClientSecret"] = Secret,
            ["Integrations__0__Brand"] = options.Brand == Brand.Kommo ? "kommo" : "amocrm",
            ["Integrations__0__RedirectUri"] = service + "/oauth/callback",
            ["Crm__ExtraHosts__0"] = sandbox.Address.Authority,
            ["Keys__Folder"] = Path.Combine(folder, "keys"),
            ["Scheduling__RunWhenConnected"] = "false",
            ["Webhooks__FollowChanges"] = "false",
        };
        foreach (var (key, value) in HurriedCrm.Settings(sandbox))
        {
            environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var account = new ConnectedAccount(folder, sandbox, NpgsqlDataSource.Create(connectionString), environment);
        await account.InstallAsync(service);
        return account;
    }

    /// <summary>Runs a command that must succeed.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var (status, output, errors) = await ServiceProcess.RunAsync(Environment, arguments);
        Assert.That(status, Is.Zero, $"amoltv {string.Join(' ', arguments)}\n{output}\n{errors}");
        return output;
    }

    public ServiceProcess Start(params string[] arguments) => ServiceProcess.Start(Environment, arguments);

    /// <summary>Each page of leads comes late, in real milliseconds, so that there is a moment between two.</summary>
    public async Task SlowLeadsAsync(int milliseconds)
    {
        using var http = new HttpClient { BaseAddress = Sandbox.Address };
        using var ordered = await http.PostAsJsonAsync("sandbox/faults", new { kind = "latency", path = "/api/v4/leads", method = "GET", ms = milliseconds, count = 1000 });
        ordered.EnsureSuccessStatusCode();
    }

    public async Task HealCrmAsync()
    {
        using var http = new HttpClient { BaseAddress = Sandbox.Address };
        (await http.DeleteAsync(new Uri("sandbox/faults", UriKind.Relative))).EnsureSuccessStatusCode();
    }

    /// <summary>What the CRM holds in our fields, by card and code; the time of calculation is left out, since it is the run's own.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadFieldsAsync()
    {
        using var http = new HttpClient { BaseAddress = Sandbox.Address };
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entity in new[] { "companies", "contacts" })
        {
            var cards = await http.GetFromJsonAsync<Dictionary<string, Dictionary<string, JsonElement>>>($"/sandbox/fields?entity={entity}");
            foreach (var (id, values) in cards!)
            {
                foreach (var (code, value) in values.Where(value => value.Key.StartsWith("AMOLTV_", StringComparison.Ordinal) && value.Key != "AMOLTV_AT"))
                {
                    fields[$"{entity} {id} {code}"] = value.ToString();
                }
            }
        }

        return fields;
    }

    /// <summary>Stops the CRM, which keeps its journal to itself while it runs, and reads what our fields went through.</summary>
    public async Task<FieldHistory> StopAndReadFieldHistoryAsync()
    {
        await StopSandboxAsync();
        return FieldHistory.Read(Path.Combine(_folder, "sandbox", "journal.jsonl"));
    }

    /// <summary>Rows of a query as text, for comparing one account with another.</summary>
    public async Task<IReadOnlyList<string>> ReadRowsAsync(string sql)
    {
        await using var connection = await Database.OpenConnectionAsync();
        return [.. await connection.QueryAsync<string>($"select row_to_json(r)::text from ({sql}) r")];
    }

    public async ValueTask DisposeAsync()
    {
        await StopSandboxAsync();
        await Database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StopSandboxAsync()
    {
        if (!_isSandboxStopped)
        {
            _isSandboxStopped = true;
            await Sandbox.DisposeAsync();
        }
    }

    /// <summary>The CRM calls the service, the service exchanges the code: as when an admin installs the widget.</summary>
    private async Task InstallAsync(string service)
    {
        await using var server = Start("serve", "--urls", service);
        using var http = new HttpClient();
        await Eventually.IsTrueAsync(async () => await TryGetAsync(http, service + "/health/live") is not null, Patience,
            () => $"The service did not start.\n{server.Output}\n{server.Errors}");
        (await http.PostAsJsonAsync(new Uri(Sandbox.Address, "/sandbox/install"), new { clientId = "crash-tests" })).EnsureSuccessStatusCode();
        await Eventually.IsTrueAsync(async () => (await ReadRowsAsync("select 1 from grants where status = 'connected'")).Count == 1, Patience,
            () => $"The account was not connected.\n{server.Output}\n{server.Errors}");
    }

    private static async Task<HttpResponseMessage?> TryGetAsync(HttpClient http, string address)
    {
        try
        {
            return await http.GetAsync(address);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
