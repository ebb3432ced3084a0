using System.Globalization;
using System.Net.Http.Json;
using AmoLtv.Sandbox;
using AmoLtv.Testing;
using Microsoft.Playwright;
using Npgsql;

namespace AmoLtv.Host.Tests.Browser;

/// <summary>An analysed account behind a real Host, and a browser; made once for every test that looks and changes little.</summary>
[SetUpFixture]
public sealed class CardStage
{
    /// <summary>A name that does harm wherever it is taken for markup or for a formula.</summary>
    internal const string HostileName = "=1+1;ООО \"Очень-очень длинное название с кавычками & <img src=x onerror=alert(1)>\"";

    private IPlaywright? _playwright;

    internal static Demo Demo { get; private set; } = null!;

    internal static SandboxServer Crm => Demo.Crm;

    internal static NpgsqlDataSource Database => Demo.Database;

    internal static IBrowser Browser { get; private set; } = null!;

    internal static Uri HostAddress => Demo.HostAddress;

    /// <summary>Where screenshots are left to be looked at.</summary>
    internal static string Pictures { get; } = Path.Combine(Repository.Root, "TestResults", "card");

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var chromium = Chromium();
        Require(Directory.Exists(Path.Combine(Repository.Root, "widget", "node_modules")), "The widget's packages are not installed: npm --prefix widget ci");
        Require(File.Exists(Path.Combine(AppContext.BaseDirectory, "pages", "index.html")), "The pages are not built: npm --prefix widget run build");
        Directory.CreateDirectory(Pictures);
        Demo = await Demo.StartAsync(new SandboxOptions { Companies = 60, Leads = 400, Seed = 5 });
        await FillAsync();
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
        if (Demo is not null)
        {
            await Demo.DisposeAsync();
        }
    }

    /// <summary>What an account in use has: channels with their spend, companies of an unkind name, numbers, analyses and fields in the CRM.</summary>
    private static async Task FillAsync()
    {
        foreach (var company in Crm.State.Companies.All.Where((_, place) => place % 9 == 0).ToList())
        {
            using var renamed = await Demo.CrmControl.PostAsJsonAsync($"/sandbox/companies/{company.Id}", new { name = HostileName });
            renamed.EnsureSuccessStatusCode();
        }

        await Demo.InstallAsync();
        await Demo.Host.RunAsync("settings", "set", "channel.kind=source", "cac.kind=channelTable");
        await Demo.Host.RunAsync("sync");
        await SpendAsync();
        await Demo.Host.RunAsync("recalculate");
        await Demo.Host.RunAsync("analyse");
    }

    /// <summary>The same sum each month of two years for each source there is.</summary>
    private static async Task SpendAsync()
    {
        var file = Path.GetTempFileName();
        try
        {
            var today = DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(await Demo.ScalarAsync<long>("select extract(epoch from now())::bigint"));
            await using var command = Database.CreateCommand("select distinct source from leads where source is not null order by 1");
            await using var reader = await command.ExecuteReaderAsync();
            await using var text = new StreamWriter(file);
            await text.WriteLineAsync("channel,month,amount");
            while (await reader.ReadAsync())
            {
                for (var month = 0; month < 24; month++)
                {
                    await text.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"\"{reader.GetString(0)}\",{today.AddMonths(-month):yyyy-MM},{40_000 + (month * 500)}"));
                }
            }

            await text.FlushAsync();
            await Demo.Host.RunAsync("settings", "spend", "import", file);
        }
        finally
        {
            File.Delete(file);
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

        Requirement.IsMissing(otherwise);
    }
}
