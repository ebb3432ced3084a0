using System.Diagnostics;
using System.Net.Http.Json;
using AmoLtv.Sandbox;
using AmoLtv.Testing;
using Microsoft.Playwright;
using Npgsql;

namespace AmoLtv.Host.Tests.Browser;

/// <summary>A valued account behind a real Host, and a browser on the sandbox's card pages; made once for every test of the card.</summary>
[SetUpFixture]
public sealed class CardStage
{
    private const string ClientId = "7d0f4a52-5d0c-4f5f-9d0e-0b6a5a8c1d10";
    private const string Secret = "browser-tests-2f6c1b7e90a34d58b1c04e2a";
    private static readonly TimeSpan ConnectingTime = TimeSpan.FromMinutes(2);

    private string _folder = "";
    private IPlaywright? _playwright;

    internal static SandboxServer Crm { get; private set; } = null!;

    internal static HostProcess Host { get; private set; } = null!;

    internal static NpgsqlDataSource Database { get; private set; } = null!;

    internal static IBrowser Browser { get; private set; } = null!;

    internal static Uri HostAddress { get; private set; } = null!;

    /// <summary>Where screenshots are left to be looked at.</summary>
    internal static string Pictures { get; } = Path.Combine(Repository.Root, "TestResults", "card");

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var chromium = Chromium();
        var modules = Path.Combine(Repository.Root, "widget", "node_modules");
        Require(Directory.Exists(modules), "The widget's packages are not installed: npm --prefix widget ci");
        Directory.CreateDirectory(Pictures);
        _folder = Directory.CreateTempSubdirectory("amoltv-card-").FullName;
        HostAddress = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var archive = await PackAsync();
        var redirect = new Uri(HostAddress, "oauth/callback").ToString();
        Crm = await SandboxServer.StartAsync(new SandboxOptions
        {
            Integrations = [new SandboxIntegration(ClientId, Secret, redirect)],
            WidgetArchive = archive,
            ModulesFolder = modules,
            Companies = 60,
            Leads = 400,
            Seed = 5,
        });
        var connectionString = await DatabaseServer.CreateEmptyDatabaseAsync();
        Database = NpgsqlDataSource.Create(connectionString);
        Host = new HostProcess(HostEnvironment(connectionString, redirect));
        await Host.ServeAsync(HostAddress);
        await ConnectAsync();
        await Host.RunAsync("sync");
        await Host.RunAsync("recalculate");
        await Host.RunAsync("analyse");
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (Host is not null)
        {
            await Host.DisposeAsync();
        }

        if (Database is not null)
        {
            await Database.DisposeAsync();
        }

        if (Crm is not null)
        {
            await Crm.DisposeAsync();
        }

        if (_folder.Length > 0)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static string Chromium()
    {
        var candidates = new[] { Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" };
        var found = candidates.FirstOrDefault(File.Exists);
        Require(found is not null, "Chromium is missing. To install it: sudo apt-get install chromium fonts-liberation");
        return found!;
    }

    /// <summary>What is missing at a desk skips the tests; in continuous integration it fails them.</summary>
    private static void Require(bool isThere, string otherwise)
    {
        if (isThere)
        {
            return;
        }

        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(otherwise);
        }

        Assert.Ignore(otherwise);
    }

    private async Task<string> PackAsync()
    {
        var archive = Path.Combine(_folder, "widget.zip");
        string[] arguments = [Path.Combine(Repository.Root, "widget", "tools", "pack.mjs"), "--backend", HostAddress.GetLeftPart(UriPartial.Authority), "--support", "help@ltv.test", "--edition", "public", "--out", archive];
        using var packing = Process.Start(new ProcessStartInfo("node", arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        var problems = await packing.StandardError.ReadToEndAsync();
        await packing.WaitForExitAsync();
        Assert.That(packing.ExitCode, Is.Zero, problems);
        return archive;
    }

    private Dictionary<string, string> HostEnvironment(string connectionString, string redirect) => new(StringComparer.Ordinal)
    {
        ["DOTNET_ENVIRONMENT"] = "Development",
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["Database__ConnectionString"] = connectionString,
        ["Integrations__0__ClientId"] = ClientId,
        ["Integrations__0__ClientSecret"] = Secret,
        ["Integrations__0__Brand"] = "amocrm",
        ["Integrations__0__RedirectUri"] = redirect,
        ["Crm__ExtraHosts__0"] = Crm.Address.Authority,
        ["Keys__Folder"] = Path.Combine(_folder, "keys"),
        ["Scheduling__RunWhenConnected"] = "false",
        ["Webhooks__FollowChanges"] = "false",
    };

    private static async Task ConnectAsync()
    {
        using var http = new HttpClient { BaseAddress = Crm.Address };
        using var installed = await http.PostAsJsonAsync("/sandbox/install", new { clientId = ClientId });
        Assert.That(installed.IsSuccessStatusCode, Is.True, "the install call went through");
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < ConnectingTime)
        {
            await using var command = Database.CreateCommand("select count(*) from grants");
            if ((long)(await command.ExecuteScalarAsync())! > 0)
            {
                return;
            }

            await Task.Delay(100);
        }

        Assert.Fail($"The account was not connected in time:\n{Host.Log}");
    }
}
