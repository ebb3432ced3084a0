using System.Net;
using System.Text.Json;

namespace AmoLtv.Sandbox.Tests;

/// <summary>What may happen to an account, its users and its integration; sections 1.4 to 1.8, 2.1, 3.5 and 3.6 of the reference.</summary>
internal sealed class AccountLifeTests : SandboxTest
{
    [TestCase("unpaid", 402, 200)]
    [TestCase("blocked", 403, 403)]
    [TestCase("closed", 404, 404)]
    public async Task Account_that_is_not_open_answers_so_everywhere_until_it_is(string standing, int api, int token)
    {
        var (_, caller) = await StartAsync(Still with { LenientRefresh = true });
        var refresh = (await caller.InstallAsync()).GetProperty("refresh_token").GetString()!;
        await caller.ControlAsync("account", $$"""{"standing":"{{standing}}"}""");
        using var refused = await caller.GetAsync("leads");
        using var renewed = await caller.TokenRequestAsync("refresh_token", "refresh_token", refresh);
        await caller.ControlAsync("account", """{"standing":"open"}""");
        using var served = await caller.GetAsync("leads");
        Assert.Multiple(() =>
        {
            Assert.That((int)refused.StatusCode, Is.EqualTo(api));
            Assert.That((int)renewed.StatusCode, Is.EqualTo(token));
            Assert.That(served.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task Renamed_account_is_found_by_its_refresh_token_at_the_old_host_and_served_at_the_new_one()
    {
        var (server, caller) = await StartAsync();
        var pair = await caller.InstallAsync();
        var renamed = await caller.ControlAsync("rename", """{"subdomain":"acme"}""");
        using var old = await caller.GetAsync("account");
        using var oldToken = await caller.TokenRequestAsync("refresh_token", "refresh_token", pair.GetProperty("refresh_token").GetString()!);
        using var question = new HttpRequestMessage(HttpMethod.Get, "/oauth2/account/current/subdomain");
        question.Headers.Add("X-Refresh-Token", pair.GetProperty("refresh_token").GetString());
        using var answer = await caller.Http.SendAsync(question);
        var found = await Caller.JsonAsync(answer);
        var at = Another(server, new Uri($"http://{found.GetProperty("domain").GetString()}"));
        at.Http.DefaultRequestHeaders.Authorization = caller.Http.DefaultRequestHeaders.Authorization;
        var account = await at.ReadAsync("account");
        Assert.Multiple(() =>
        {
            Assert.That(old.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(oldToken.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(found.GetProperty("domain").GetString(), Is.EqualTo(renamed.GetProperty("host").GetString()).And.Not.EqualTo(server.Address.Authority));
            Assert.That(account.GetProperty("subdomain").GetString(), Is.EqualTo("acme"));
        });
    }

    [Test]
    public async Task Admin_who_is_one_no_more_sees_what_his_rights_leave_and_a_deactivated_one_keeps_his_grant()
    {
        var (server, caller) = await StartInstalledAsync();
        await caller.ControlAsync($"users/{Caller.Admin}", """{"isActive":false}""");
        using var deactivated = await caller.GetAsync("users");
        await caller.ControlAsync($"users/{Caller.Admin}", """{"isAdmin":false,"seesOnlyOwn":true}""");
        using var users = await caller.GetAsync("users");
        var leads = await caller.AllAsync("leads?limit=250", "leads");
        Assert.Multiple(() =>
        {
            Assert.That(deactivated.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(users.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(leads, Has.Count.LessThan(server.State.Leads.Count), "Lists are narrower without a word.");
        });
    }

    [Test]
    public async Task Old_refresh_token_dies_by_the_use_of_the_new_access_token_under_the_lenient_rule()
    {
        var (_, caller) = await StartAsync(Still with { LenientRefresh = true });
        var first = (await caller.InstallAsync()).GetProperty("refresh_token").GetString()!;
        using var renewed = await caller.TokenRequestAsync("refresh_token", "refresh_token", first);
        var pair = await Caller.JsonAsync(renewed);
        using (var unused = await caller.TokenRequestAsync("refresh_token", "refresh_token", first))
        {
            Assert.That(unused.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        caller.Http.DefaultRequestHeaders.Authorization = new("Bearer", pair.GetProperty("access_token").GetString());
        using var used = await caller.GetAsync("account");
        using var late = await caller.TokenRequestAsync("refresh_token", "refresh_token", first);
        Assert.That(late.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Long_lived_token_has_no_refresh_token_and_dies_when_its_days_are_over()
    {
        var (server, caller) = await StartAsync();
        var token = (await caller.ControlAsync("long_token", """{"days":2}""")).GetProperty("access_token").GetString();
        caller.Http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        server.State.Clock.Advance(TimeSpan.FromHours(47));
        using var served = await caller.GetAsync("account");
        server.State.Clock.Advance(TimeSpan.FromHours(2));
        using var refused = await caller.GetAsync("account");
        Assert.Multiple(() =>
        {
            Assert.That(served.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        });
    }

    [Test]
    public async Task Secret_that_was_replaced_is_refused_at_the_token_endpoint()
    {
        var (_, caller) = await StartAsync();
        var refresh = (await caller.InstallAsync()).GetProperty("refresh_token").GetString()!;
        await caller.ControlAsync("secret", """{"secret":"another"}""");
        using var old = await caller.TokenRequestAsync("refresh_token", "refresh_token", refresh);
        using var fresh = await caller.TokenRequestAsync("refresh_token", "refresh_token", refresh, Caller.Integration with { Secret = "another" });
        Assert.Multiple(() =>
        {
            Assert.That(old.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(fresh.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public void Uninstall_signature_is_the_vendors()
    {
        var integration = new SandboxIntegration("11111111-2222-3333-4444-555555555555", string.Concat(Enumerable.Repeat("0123456789abcdef", 4)), "https://ltv.example.com/");
        Assert.That(Control.UninstallCall.Sign(integration, 12_345_678), Is.EqualTo("750226072f5f4cadc7525b43737d5ce1e6ffb01cbc2d8956e2f1501d6701477c"));
    }

    [Test]
    public async Task Uninstallation_kills_the_tokens_and_its_replay_does_not()
    {
        await using var receiver = HookReceiver.Start();
        var (_, caller) = await StartInstalledAsync();
        var replayed = await caller.ControlAsync("uninstall", JsonSerializer.Serialize(new { address = receiver.Address, revoke = false }));
        using var alive = await caller.GetAsync("account");
        await caller.ControlAsync("uninstall", JsonSerializer.Serialize(new { address = receiver.Address }));
        using var dead = await caller.GetAsync("account");
        Assert.Multiple(() =>
        {
            Assert.That(replayed.GetProperty("status").GetInt32(), Is.EqualTo(200));
            Assert.That(alive.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(dead.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        });
    }

    [Test]
    public async Task Filters_are_refused_where_the_other_reading_holds_and_come_on_with_the_add_on()
    {
        var (_, caller) = await StartInstalledAsync(Still with { RefusesFilters = true });
        using var refused = await caller.GetAsync("leads?filter[id][]=1");
        await caller.ControlAsync("account", """{"filters":true}""");
        using var none = await caller.GetAsync("leads?filter[id][]=1");
        var account = await caller.ReadAsync("account?with=is_api_filter_enabled");
        Assert.Multiple(() =>
        {
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(none.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(account.GetProperty("is_api_filter_enabled").GetBoolean(), Is.True);
        });
    }

    [Test]
    public async Task Gateway_gives_up_on_batches_that_are_too_large_for_it()
    {
        var (server, caller) = await StartInstalledAsync();
        await caller.ControlAsync("behaviour", """{"largestBatch":1}""");
        var ids = server.State.Companies.All.Take(2).Select(company => company.Id).ToArray();
        using var two = await caller.PatchAsync("companies", $$"""[{"id":{{ids[0]}},"name":"A"},{"id":{{ids[1]}},"name":"B"}]""");
        using var one = await caller.PatchAsync("companies", $$"""[{"id":{{ids[0]}},"name":"A"}]""");
        Assert.Multiple(() =>
        {
            Assert.That(two.StatusCode, Is.EqualTo(HttpStatusCode.GatewayTimeout));
            Assert.That(one.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task State_of_an_account_its_users_hooks_and_tasks_survives_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-life-").FullName;
        try
        {
            var kept = Still with { DataFolder = folder, Until = new DateOnly(2026, 11, 1) };
            var (server, caller) = await StartInstalledAsync(kept);
            await caller.ControlAsync($"users/{Caller.Manager}", """{"isAdmin":true}""");
            using var made = await caller.PostAsync("tasks", """[{"text":"A","complete_till":1800000000}]""");
            using var hook = await caller.PostAsync("webhooks", """{"destination":"http://127.0.0.1:1/x","settings":["add_lead"]}""");
            await caller.ControlAsync("account", """{"standing":"unpaid"}""");
            await server.DisposeAsync();
            var (again, _) = await StartAsync(kept);
            Assert.Multiple(() =>
            {
                Assert.That(again.State.User(Caller.Manager)!.IsAdmin, Is.True);
                Assert.That(again.State.Tasks.All.Single().Text, Is.EqualTo("A"));
                Assert.That(again.State.Webhooks.Single().Destination, Is.EqualTo("http://127.0.0.1:1/x"));
                Assert.That(again.State.Account.Standing, Is.EqualTo(State.AccountStanding.Unpaid));
            });
            await again.DisposeAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
