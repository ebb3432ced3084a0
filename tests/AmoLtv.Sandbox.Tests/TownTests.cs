using System.Net.Http.Json;
using System.Text.Json;

namespace AmoLtv.Sandbox.Tests;

/// <summary>Several accounts in one process.</summary>
[TestFixture]
public sealed class TownTests
{
    [Test]
    public async Task Account_of_a_town_answers_with_its_own_data_alone()
    {
        await using var town = await SandboxTown.StartAsync([Account(1, leads: 3), Account(2, leads: 5)]);

        Assert.That(await LeadsAsync(town.Accounts[0]), Is.EqualTo(3));
        Assert.That(await LeadsAsync(town.Accounts[1]), Is.EqualTo(5));
        Assert.That(town.Accounts.Select(account => account.Id), Is.EqualTo(new long[] { 1, 2 }));
    }

    [Test]
    public async Task Accounts_of_a_town_go_by_one_clock()
    {
        await using var town = await SandboxTown.StartAsync([Account(1, leads: 0), Account(2, leads: 0)]);
        using var first = new HttpClient { BaseAddress = town.Accounts[0].Address };

        await first.PostAsJsonAsync("/sandbox/clock", new { now = "2031-05-01T00:00:00Z" });

        using var second = new HttpClient { BaseAddress = town.Accounts[1].Address };
        var answer = await second.GetFromJsonAsync<JsonElement>("/sandbox/clock");
        Assert.That(answer.GetProperty("now").GetDateTimeOffset().Year, Is.EqualTo(2031));
    }

    [Test]
    public async Task Token_of_one_account_opens_no_other()
    {
        await using var town = await SandboxTown.StartAsync([Account(1, leads: 1), Account(2, leads: 1)]);
        using var first = new HttpClient { BaseAddress = town.Accounts[0].Address };
        var granted = await (await first.PostAsJsonAsync("/sandbox/long_token", new { clientId = SandboxOptions.DefaultIntegration.ClientId })).Content.ReadFromJsonAsync<JsonElement>();

        Assert.That(await StatusAsync(town.Accounts[0], granted), Is.EqualTo(200));
        Assert.That(await StatusAsync(town.Accounts[1], granted), Is.EqualTo(401));
    }

    private static SandboxOptions Account(long id, int leads) => new() { AccountId = id, Companies = 1, Leads = leads };

    private static async Task<int> LeadsAsync(SandboxAccount account)
    {
        using var http = new HttpClient { BaseAddress = account.Address };
        var state = await http.GetFromJsonAsync<JsonElement>("/sandbox/state");
        return state.GetProperty("leads").GetArrayLength();
    }

    private static async Task<int> StatusAsync(SandboxAccount account, JsonElement token)
    {
        using var http = new HttpClient { BaseAddress = account.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v4/account");
        request.Headers.Authorization = new("Bearer", token.GetProperty("access_token").GetString());
        return (int)(await http.SendAsync(request)).StatusCode;
    }
}
