using System.Net.Http.Json;
using System.Text.Json;
using AmoLtv.Core.Identity;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Running;
using AmoLtv.Sandbox;
using AmoLtv.Testing;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AmoLtv.Host.Tests.Installing;

/// <summary>A sandbox CRM and a database of its own, and as many services on them as a test starts.</summary>
internal sealed class ConnectedSandbox : IAsyncDisposable
{
    public const string ClientId = "11111111-2222-3333-4444-555555555555";
    private static readonly HttpClient Plain = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private readonly List<WebApplication> _hosts = [];
    private readonly string _keys = Directory.CreateTempSubdirectory("amoltv-keys-").FullName;
    private readonly string _certificate;
    private readonly string _connectionString;

    private ConnectedSandbox(SandboxServer server, int port, string connectionString)
    {
        Server = server;
        _connectionString = connectionString;
        HostAddress = new Uri($"http://127.0.0.1:{port}");
        Database = NpgsqlDataSource.Create(connectionString);
        _certificate = KeyCertificate.Make(_keys, password: null);
    }

    public SandboxServer Server { get; }

    public Uri HostAddress { get; }

    public NpgsqlDataSource Database { get; }

    public string ConnectionString => _connectionString;

    public AccountId Account => new(Server.AccountId);

    public static async Task<ConnectedSandbox> StartAsync(Func<SandboxOptions, SandboxOptions>? change = null)
    {
        var port = FreePort.Next();
        var options = new SandboxOptions
        {
            Companies = 20,
            Leads = 60,
            Integrations = [SandboxOptions.DefaultIntegration with { RedirectUri = $"http://127.0.0.1:{port}/oauth/callback" }],
        };
        var server = await SandboxServer.StartAsync(change?.Invoke(options) ?? options);
        return new ConnectedSandbox(server, port, await DatabaseServer.CreateMigratedDatabaseAsync());
    }

    /// <summary>The services of one process, its endpoints not open.</summary>
    public IServiceProvider NewProcess(params (string Key, string Value)[] settings)
    {
        var host = ServeCommand.Build(HostAddress.ToString(), builder =>
        {
            builder.Configuration.AddInMemoryCollection(Settings(settings));
        });
        _hosts.Add(host);
        return host.Services;
    }

    /// <summary>A running service that takes installs.</summary>
    public async Task<IServiceProvider> ServeAsync(params (string Key, string Value)[] settings)
    {
        var services = NewProcess(settings);
        await _hosts[^1].StartAsync();
        return services;
    }

    /// <summary>Connects the account as the CRM does when an admin installs the widget.</summary>
    public async Task<IServiceProvider> ConnectAsync()
    {
        var services = await ServeAsync();
        await InstallAsync(null);
        await EventuallyAsync("select count(*) from grants", 1);
        return services;
    }

    /// <summary>Connects the account without a running service: its code is exchanged by hand.</summary>
    public async Task<IServiceProvider> ConnectQuietlyAsync(params (string Key, string Value)[] settings)
    {
        var services = NewProcess(settings);
        await ConnectAsync(services, userId: null);
        return services;
    }

    /// <summary>Exchanges a code of the CRM's by hand; what became of it.</summary>
    public async Task<PendingGrantOutcome> ConnectAsync(IServiceProvider services, long? userId)
    {
        // Nobody listens at the service's address: the code comes back with the answer.
        var answer = await ControlAsync(HttpMethod.Post, "install", new { clientId = ClientId, userId });
        var pending = services.GetRequiredService<PendingGrantStore>();
        var id = await pending.AddAsync(ClientId, Server.Address, answer.GetProperty("code").GetString()!, fromWidget: true, CancellationToken.None);
        await services.GetRequiredService<GrantExchange>().ProcessAsync(id!.Value, CancellationToken.None);
        return (await pending.FindAsync(id.Value, CancellationToken.None))!;
    }

    /// <summary>The same settings as the environment of another process of the program.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentOf(params (string Key, string Value)[] settings) =>
        Settings(settings).ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value!);

    /// <summary>The CRM's call after an install; its status at the service.</summary>
    public async Task<int> InstallAsync(object? userId, string? referer = null)
    {
        var answer = await ControlAsync(HttpMethod.Post, "install", new { clientId = ClientId, userId, referer });
        return answer.GetProperty("status").GetInt32();
    }

    public async Task<JsonElement> ControlAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Server.Address, "/sandbox/" + path));
        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await Plain.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.LessThan(300), text);
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Requests of one kind that the sandbox has counted, for example <c>GET /api/v4/leads</c>.</summary>
    public async Task<int> CountAsync(string request)
    {
        var statistics = await ControlAsync(HttpMethod.Get, "statistics");
        return statistics.GetProperty("byPath").TryGetProperty(request, out var count) ? count.GetInt32() : 0;
    }

    public Task FailAsync(string path, string kind, int count = 1, int after = 0, string? method = null) =>
        ControlAsync(HttpMethod.Post, "faults", new { path, kind, count, after, method });

    /// <summary>A request as a browser makes it: redirects are not followed.</summary>
    public static async Task<(int Status, string Body, Uri? Location, string? Cookie)> GetAsync(Uri address, string? cookie = null, string? language = null, string? forwardedFor = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", forwardedFor);
        using var response = await Plain.SendAsync(request);
        var set = response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.First().Split(';')[0] : null;
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Location, set);
    }

    /// <summary>What the person does on the CRM's page; the address the browser is then sent to.</summary>
    public async Task<Uri> DecideAsync(Uri authorize, string decision, long? userId = null)
    {
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(authorize.Query);
        var form = new Dictionary<string, string> { ["client_id"] = query["client_id"]!, ["state"] = query["state"]!, ["decision"] = decision };
        if (userId is not null)
        {
            form["user_id"] = userId.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        using var content = new FormUrlEncodedContent(form);
        using var response = await Plain.PostAsync(new Uri(Server.Address, "/oauth"), content);
        return response.Headers.Location ?? throw new AssertionException($"The CRM's page answered {response.StatusCode}.");
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await Database.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await Database.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }

    /// <summary>Waits until a query gives a number; what happens in the background has no other sign.</summary>
    public async Task EventuallyAsync(string sql, long expected)
    {
        var began = TimeProvider.System.GetTimestamp();
        for (var found = await ScalarAsync<long>(sql); found != expected; found = await ScalarAsync<long>(sql))
        {
            Assert.That(TimeProvider.System.GetElapsedTime(began), Is.LessThan(Deadline), $"{sql} stays {found}, not {expected}.");
            await Task.Delay(50);
        }
    }

    /// <summary>A run that holds the account.</summary>
    public async Task<RunContext> RunAsync(IProgress<StepProgress>? progress = null)
    {
        var epoch = await ScalarAsync<long>("select epoch from accounts");
        return new RunContext(Account, new RunId(1), epoch, null, progress ?? new Progress<StepProgress>());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.StopAsync();
            await host.DisposeAsync();
        }

        await Server.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(_keys, recursive: true);
    }

    private Dictionary<string, string?> Settings((string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["Database:ConnectionString"] = _connectionString,
            ["Integrations:0:ClientId"] = ClientId,
            ["Integrations:0:ClientSecret"] = SandboxOptions.DefaultIntegration.Secret,
            ["Integrations:0:RedirectUri"] = new Uri(HostAddress, "/oauth/callback").ToString(),
            ["Integrations:0:AuthorizeUri"] = new Uri(Server.Address, "/oauth").ToString(),
            ["Crm:ExtraHosts:0"] = Server.Address.Authority,
            ["Keys:Folder"] = _keys,
            ["Keys:CertificateFile"] = _certificate,
            // The tests run steps by hand: a first run of the scheduler's, or the night if it is that hour, would take the account from them.
            ["Scheduling:RunWhenConnected"] = "false",
            ["Scheduling:ReconcileSeconds"] = "3600",
            ["Webhooks:FollowChanges"] = "false",
            ["Logging:LogLevel:Default"] = "Warning",
        };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        return all;
    }
}
