using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using AmoLtv.Host.Tests.Installing;
using AmoLtv.Sandbox;
using AmoLtv.Sandbox.State;
using AmoLtv.Testing;
using Npgsql;

namespace AmoLtv.Host.Tests.Observing;

/// <summary>What the program says, in its log at its most talkative and in answers to whoever does something wrong, holds nothing secret.</summary>
[TestFixture, Category("Slow")]
public sealed class SecretsInWordsTests
{
    private const string Password = "password-of-the-database";
    private const string HookSecret = "5ec2e7-0f-a-hook-5ec2e7-0f-a-hook";
    private const string Code = "def50200c0de0fsomebody";

    /// <summary>How tokens and codes of the CRM and tokens and keys of the service begin.</summary>
    private static readonly string[] Beginnings = ["eyJ", "def502", "CfDJ8", "Bearer "];

    private readonly StringBuilder _said = new();

    [Test]
    public async Task Neither_the_log_nor_an_error_answer_tells_a_secret()
    {
        await using var crm = await ConnectedSandbox.StartAsync();
        var environment = Environment(crm, crm.ConnectionString);
        await using var service = ServiceProcess.Start(environment, "serve", "--urls", crm.HostAddress.ToString());
        await service.AwaitReadyAsync(crm.HostAddress);
        await crm.InstallAsync(null);
        await crm.EventuallyAsync("select count(*) from grants", 1);
        await crm.FailAsync("/api/v4/leads", "402");
        await RunAsync(environment, "run");
        await RunAsync(environment, "run");
        await RunAsync(Environment(crm, "Host=127.0.0.1;Port=1;Username=nobody;Database=none"), "run");
        var statuses = await MistakeAsync(crm);
        // What it has still to say it says before it ends.
        await service.TerminateAsync();
        _said.AppendLine(service.Output).AppendLine(service.Errors);
        var said = _said.ToString();

        await TestContext.Out.WriteLineAsync(string.Join(", ", statuses));
        Assert.That(statuses, Does.Contain(HttpStatusCode.Unauthorized).And.Contain(HttpStatusCode.BadRequest).And.Contain(HttpStatusCode.InternalServerError));
        Assert.That(said, Does.Contain("dbug:").And.Contain("asks for payment").And.Contain("42P01"), "The log says too little for this test to mean anything.");
        Assert.That(Beginnings.Append(Password).Append(HookSecret).Append(SandboxOptions.DefaultIntegration.Secret).Where(secret => said.Contains(secret, StringComparison.Ordinal)), Is.Empty);
    }

    private static IReadOnlyDictionary<string, string> Environment(ConnectedSandbox crm, string database) => crm.EnvironmentOf(
        ("Database:ConnectionString", new NpgsqlConnectionStringBuilder(database) { Password = Password }.ConnectionString),
        ("Logging:LogLevel:Default", "Trace"));

    private async Task RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var (_, output, errors) = await ServiceProcess.RunAsync(environment, arguments);
        _said.AppendLine(output).AppendLine(errors);
    }

    /// <summary>Calls that are refused or fail; the last one since the database is not as the program knows it.</summary>
    private async Task<List<HttpStatusCode>> MistakeAsync(ConnectedSandbox crm)
    {
        using var http = new HttpClient { BaseAddress = crm.HostAddress };
        var token = (await crm.ControlAsync(HttpMethod.Post, "token", new { clientId = ConnectedSandbox.ClientId })).GetProperty("token").GetString()!;
        var company = string.Create(CultureInfo.InvariantCulture, $"api/cards/companies/{Company(crm)}");
        List<HttpStatusCode> statuses =
        [
            await AskAsync(http, HttpMethod.Get, company, token[..^4] + "AAAA"),
            await AskAsync(http, HttpMethod.Get, $"oauth/callback?code={Code}&referer=evil.example.com&state=x", null),
            await AskAsync(http, HttpMethod.Get, $"oauth/callback?code={Code}&referer=acme.amocrm.ru&client_id=unknown", null),
            await AskAsync(http, HttpMethod.Post, "hooks/amo/" + HookSecret, null),
            await AskAsync(http, HttpMethod.Post, "api/sessions", token),
            await AskAsync(http, HttpMethod.Get, company, token),
        ];
        await crm.ExecuteAsync("alter table customer_values rename to customer_values_of_yesterday");
        statuses.Add(await AskAsync(http, HttpMethod.Get, company.Replace(Company(crm).ToString(CultureInfo.InvariantCulture), Company(crm, 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), token));
        return statuses;
    }

    private static long Company(ConnectedSandbox crm, int place = 0)
    {
        lock (crm.Server.State.Gate)
        {
            return crm.Server.State.Companies.Living(SortBy.Id)[place].Id;
        }
    }

    private async Task<HttpStatusCode> AskAsync(HttpClient http, HttpMethod method, string path, string? token)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("X-Auth-Token", token);
        request.Content = method == HttpMethod.Post ? JsonContent.Create(new { code = Code }) : null;
        using var answer = await http.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
        {
            _said.AppendLine(body);
            Assert.That(body, Does.Not.Contain("customer_values").And.Not.Contain("   at ").And.Not.Contain("Exception"), path);
        }

        return answer.StatusCode;
    }
}
