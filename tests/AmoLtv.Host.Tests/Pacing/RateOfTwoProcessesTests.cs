using AmoLtv.Host.Tests.Crashing;
using AmoLtv.Host.Tests.Installing;
using AmoLtv.Sandbox.State;
using AmoLtv.Testing;
using Dapper;

namespace AmoLtv.Host.Tests.Pacing;

/// <summary>
/// Two processes of the program at one account: the service answers cards while a command reads the account, as on any night. The CRM
/// counts what arrives in any second. Alone among the tests: a processor that others keep busy is no part of the rate.
/// </summary>
[TestFixture, NonParallelizable]
[Category("Slow")]
public sealed class RateOfTwoProcessesTests
{
    private const int Measurements = 3;
    private const int Permitted = 7;

    /// <summary>Requests that may be held up on their way and arrive with later ones: those of a third of a second.</summary>
    private const int Held = 2;

    private const int Persons = 3;
    private const int Leads = 3000;
    private const int Page = 250;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // A CRM that stood still for a part of a second counts in one second what was sent in more. Two that know nothing of each other send twelve.
    [Test]
    public async Task Cards_of_one_process_and_a_night_of_another_never_exceed_the_rate_of_their_account()
    {
        var (highest, throttled) = (int.MaxValue, 0);
        for (var measurement = 0; measurement < Measurements && highest > Permitted; measurement++)
        {
            (highest, throttled) = await MeasureAsync();
            Assert.That(highest, Is.LessThanOrEqualTo(Permitted + Held));
        }

        Assert.That(highest, Is.LessThanOrEqualTo(Permitted));
        Assert.That(throttled, Is.Zero);
    }

    /// <returns>The most requests in any second, and how many were refused for being too many.</returns>
    private static async Task<(int Highest, int Throttled)> MeasureAsync()
    {
        await using var crm = await ConnectedSandbox.StartAsync(options => options with { Companies = 200, Leads = Leads, Rate = Permitted });
        await crm.ConnectQuietlyAsync();
        var environment = crm.EnvironmentOf();
        await using var service = ServiceProcess.Start(environment, "serve", "--urls", crm.HostAddress.ToString());
        using var http = new HttpClient { BaseAddress = crm.HostAddress };
        await Eventually.IsTrueAsync(async () => service.HasExited || await AnswersAsync(http), Patience, () => $"The service did not start.\n{service.Output}\n{service.Errors}");
        http.DefaultRequestHeaders.Add("X-Auth-Token", await TokenAsync(crm));
        await crm.ControlAsync(HttpMethod.Delete, "statistics");

        await using var night = ServiceProcess.Start(environment, "sync");
        var cards = await Task.WhenAll(Enumerable.Range(0, Persons).Select(person => LookAsync(http, Companies(crm, person), night)));

        var (leases, slots) = await LeasesAsync(crm);
        var statistics = await crm.ControlAsync(HttpMethod.Get, "statistics");
        var rate = statistics.GetProperty("rate");
        var requests = statistics.GetProperty("requests").GetInt32();
        var seconds = (statistics.GetProperty("lastRequestAt").GetDateTimeOffset() - statistics.GetProperty("firstRequestAt").GetDateTimeOffset()).TotalSeconds;
        await TestContext.Out.WriteLineAsync(
            $"{requests} requests in {seconds:0.0} s, {cards.Sum()} of them for cards; at most {rate.GetProperty("highest")} in a second of {Permitted} permitted; {leases} leases of {slots} slots.");
        Assert.That(rate.GetProperty("permitted").GetInt32(), Is.EqualTo(Permitted));
        Assert.That(await crm.CountAsync("GET /api/v4/leads"), Is.GreaterThanOrEqualTo(Leads / Page), night.Output + night.Errors);
        Assert.That(cards.Sum(), Is.GreaterThanOrEqualTo(10), "The processes were not at work at the same time.");
        Assert.That(await crm.ScalarAsync<long>("select count(*) from leads"), Is.EqualTo(Leads), night.Output + night.Errors);
        return (rate.GetProperty("highest").GetInt32(), statistics.GetProperty("throttled").GetInt32());
    }

    /// <summary>Opens one card after another until the night is over.</summary>
    /// <returns>How many were answered.</returns>
    private static async Task<int> LookAsync(HttpClient http, IReadOnlyList<long> companies, ServiceProcess night)
    {
        var answered = 0;
        foreach (var company in companies.TakeWhile(_ => !night.HasExited))
        {
            using var answer = await http.GetAsync(new Uri($"api/cards/companies/{company}", UriKind.Relative));
            answered += (int)answer.StatusCode < 429 ? 1 : 0;
            await Task.Delay(500);
        }

        await Eventually.IsTrueAsync(() => Task.FromResult(night.HasExited), Patience, () => "The night does not end.\n" + night.Output + night.Errors);
        return answered;
    }

    private static List<long> Companies(ConnectedSandbox crm, int person)
    {
        lock (crm.Server.State.Gate)
        {
            return [.. crm.Server.State.Companies.Living(SortBy.Id).Select(company => company.Id).Where((_, place) => place % Persons == person)];
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("health/live", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<string> TokenAsync(ConnectedSandbox crm)
    {
        var answer = await crm.ControlAsync(HttpMethod.Post, "token", new { clientId = ConnectedSandbox.ClientId });
        return answer.GetProperty("token").GetString()!;
    }

    private static async Task<(long Leases, long Slots)> LeasesAsync(ConnectedSandbox crm)
    {
        await using var connection = await crm.Database.OpenConnectionAsync();
        return await connection.QuerySingleAsync<(long, long)>("select leases, slots from request_permits");
    }
}
