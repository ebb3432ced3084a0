using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using AmoLtv.Sandbox;
using AmoLtv.Testing;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Tests.Browser;

/// <summary>The whole product as people meet it: a sandbox CRM that hosts the packed widget, a database, and the Host as a process.</summary>
internal sealed class Demo : IAsyncDisposable
{
    private const string ClientId = "7d0f4a52-5d0c-4f5f-9d0e-0b6a5a8c1d10";
    private const string Secret = "browser-tests-2f6c1b7e90a34d58b1c04e2a";
    private static readonly TimeSpan ConnectingTime = TimeSpan.FromMinutes(2);

    private readonly string _folder;

    private Demo(string folder, Uri hostAddress, SandboxServer crm, NpgsqlDataSource database, HostProcess host)
    {
        (_folder, HostAddress, Crm, Database, Host) = (folder, hostAddress, crm, database, host);
        CrmControl = new HttpClient { BaseAddress = crm.Address };
    }

    public Uri HostAddress { get; }

    public SandboxServer Crm { get; }

    public NpgsqlDataSource Database { get; }

    public HostProcess Host { get; }

    /// <summary>The sandbox's levers.</summary>
    public HttpClient CrmControl { get; }

    /// <summary>A user of the account who may do everything.</summary>
    public long Admin => Crm.State.Users.First(user => user is { IsAdmin: true, IsActive: true }).Id;

    /// <summary>Users without admin rights, always in the same order.</summary>
    public IReadOnlyList<long> Others => [.. Crm.State.Users.Where(user => user is { IsAdmin: false, IsActive: true }).Select(user => (long)user.Id).Order()];

    /// <summary>Starts everything; the integration is not installed yet.</summary>
    public static async Task<Demo> StartAsync(SandboxOptions account, params (string Key, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("amoltv-browser-").FullName;
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var redirect = new Uri(address, "oauth/callback").ToString();
        var crm = await SandboxServer.StartAsync(account with
        {
            Integrations = [new SandboxIntegration(ClientId, Secret, redirect)],
            WidgetArchive = await PackAsync(folder, address),
            ModulesFolder = Path.Combine(Repository.Root, "widget", "node_modules"),
        });
        var connectionString = await DatabaseServer.CreateMigratedDatabaseAsync();
        var environment = Environment(folder, connectionString, redirect, crm);
        foreach (var (key, value) in settings)
        {
            environment[key] = value;
        }

        var demo = new Demo(folder, address, crm, NpgsqlDataSource.Create(connectionString), new HostProcess(environment));
        await demo.Host.ServeAsync(address);
        return demo;
    }

    /// <summary>Installs the integration as the CRM does.</summary>
    public async Task InstallAsync()
    {
        using var installed = await CrmControl.PostAsJsonAsync("/sandbox/install", new { clientId = ClientId });
        Assert.That(installed.IsSuccessStatusCode, Is.True, "the install call went through");
        await ConnectedAsync();
    }

    /// <summary>Waits until the account is connected, whoever asked for it.</summary>
    public async Task ConnectedAsync()
    {
        var waited = Stopwatch.StartNew();
        while (await ScalarAsync<long>("select count(*) from grants") == 0)
        {
            Assert.That(waited.Elapsed, Is.LessThan(ConnectingTime), $"The account was not connected in time:\n{Host.Log}");
            await Task.Delay(100);
        }
    }

    /// <summary>Address of the pages outside the CRM, with a code of a minute in it.</summary>
    public async Task<string> CodeAddressAsync(long user)
    {
        using var http = new HttpClient { BaseAddress = HostAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/sessions/codes");
        request.Headers.Add("X-Auth-Token", await WidgetTokenAsync(user));
        using var answer = await http.SendAsync(request);
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), await answer.Content.ReadAsStringAsync());
        var url = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("url").GetString()!;
        return new Uri(HostAddress, url).ToString();
    }

    /// <summary>What the CRM vouches for a user with.</summary>
    public async Task<string> WidgetTokenAsync(long user)
    {
        using var answer = await CrmControl.PostAsJsonAsync("/sandbox/token", new { clientId = ClientId, overrides = new { }, userId = user });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    public async Task<T> ScalarAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await Database.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql, parameters))!;
    }

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await Database.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }

    public async ValueTask DisposeAsync()
    {
        CrmControl.Dispose();
        await Host.DisposeAsync();
        await Database.DisposeAsync();
        await Crm.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<string> PackAsync(string folder, Uri address)
    {
        var archive = Path.Combine(folder, "widget.zip");
        string[] arguments = [Path.Combine(Repository.Root, "widget", "tools", "pack.mjs"), "--backend", address.GetLeftPart(UriPartial.Authority), "--support", "help@ltv.test", "--privacy", "https://ltv.test/privacy", "--edition", "public", "--out", archive];
        using var packing = Process.Start(new ProcessStartInfo("node", arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        var problems = await packing.StandardError.ReadToEndAsync();
        await packing.WaitForExitAsync();
        Assert.That(packing.ExitCode, Is.Zero, problems);
        return archive;
    }

    private static Dictionary<string, string> Environment(string folder, string connectionString, string redirect, SandboxServer crm) => new(StringComparer.Ordinal)
    {
        ["DOTNET_ENVIRONMENT"] = "Development",
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["Database__ConnectionString"] = connectionString,
        ["Integrations__0__ClientId"] = ClientId,
        ["Integrations__0__ClientSecret"] = Secret,
        ["Integrations__0__Brand"] = crm.State.Account.Brand == Brand.Kommo ? "kommo" : "amocrm",
        ["Integrations__0__RedirectUri"] = redirect,
        ["Crm__ExtraHosts__0"] = crm.Address.Authority,
        ["Keys__Folder"] = Path.Combine(folder, "keys"),
        ["Scheduling__RunWhenConnected"] = "false",
        // Whatever hour it is, no night of the account's own begins in the middle of a test.
        ["Scheduling__ReconcileSeconds"] = "3600",
        ["Webhooks__FollowChanges"] = "false",
    };
}
