using System.Net.Http.Json;
using System.Text.Json;
using AmoLtv.Host.Running;
using AmoLtv.Host.WritingBack;
using AmoLtv.Sandbox;
using AmoLtv.Sandbox.State;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Webhooks;

/// <summary>From a deal won in the CRM to the changed field of its company, through the whole service.</summary>
[TestFixture, Category("Slow")]
public sealed class ChangePathTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Test]
    public async Task Won_deal_changes_its_company_within_a_minute_and_our_own_writing_ends_there()
    {
        await using var server = await StartAsync(hasWebhooks: true);
        await EventuallyAsync(server, "select count(*) from webhook_subscriptions where status = 'active'", 1);
        await EventuallyAsync(server, "select count(*) from change_marks", 0);
        var lead = server.Sandbox.State.Leads.Living(SortBy.Id).Cast<Lead>().First(row => row.StatusId is not (Lead.Won or Lead.Lost) && row.CompanyId is not null);
        var before = await BoughtAsync(server, lead.CompanyId!.Value);
        var began = TimeProvider.System.GetTimestamp();

        await WinAsync(server, lead, 1_000_000);
        await HostServer.EventuallyAsync(async () => await BoughtAsync(server, lead.CompanyId!.Value) == before + 1_000_000);

        var took = TimeProvider.System.GetElapsedTime(began);
        await TestContext.Out.WriteLineAsync($"The field changed after {took.TotalSeconds:0.0} s.");
        Assert.That(took, Is.LessThan(Minute));
        await EventuallyAsync(server, "select count(*) from change_marks", 0);
        var runs = await ScalarAsync(server, "select count(*) from runs where cause = 'change'");
        await Task.Delay(TimeSpan.FromSeconds(8));
        Assert.That(await ScalarAsync(server, "select count(*) from runs where cause = 'change'"), Is.EqualTo(runs), "Our own writing made work again and again.");
    }

    [Test]
    public async Task Account_whose_plan_has_no_webhooks_is_asked_every_quarter_of_an_hour()
    {
        await using var server = await StartAsync(hasWebhooks: false);
        await EventuallyAsync(server, "select count(*) from webhook_subscriptions where status = 'unsupported'", 1);
        await EventuallyAsync(server, "select count(*) from change_follows where followed_at is not null", 1);
        var lead = server.Sandbox.State.Leads.Living(SortBy.Id).Cast<Lead>().First(row => row.StatusId is not (Lead.Won or Lead.Lost) && row.CompanyId is not null);
        var before = await BoughtAsync(server, lead.CompanyId!.Value);
        await WinAsync(server, lead, 1_000_000);

        await ExecuteAsync(server, "update change_follows set followed_at = followed_at - interval '15 minutes'");
        await HostServer.EventuallyAsync(async () => await BoughtAsync(server, lead.CompanyId!.Value) == before + 1_000_000);
    }

    [Test]
    public async Task Webhook_that_the_CRM_switched_off_is_made_anew_and_what_was_missed_is_looked_for()
    {
        await using var server = await StartAsync(hasWebhooks: true);
        await EventuallyAsync(server, "select count(*) from webhook_subscriptions where status = 'active'", 1);
        await EventuallyAsync(server, "select count(*) from change_marks", 0);
        using (var switched = await server.Crm.PostAsJsonAsync("sandbox/webhooks", new { disabled = true }))
        {
            switched.EnsureSuccessStatusCode();
        }

        var lead = server.Sandbox.State.Leads.Living(SortBy.Id).Cast<Lead>().First(row => row.StatusId is not (Lead.Won or Lead.Lost) && row.CompanyId is not null);
        var before = await BoughtAsync(server, lead.CompanyId!.Value);
        await WinAsync(server, lead, 1_000_000);
        await ExecuteAsync(server, "update webhook_subscriptions set not_before = '-infinity'");

        await HostServer.EventuallyAsync(async () => await BoughtAsync(server, lead.CompanyId!.Value) == before + 1_000_000);
        Assert.That(server.Sandbox.State.Webhooks.Single().Disabled, Is.False);
    }

    private static async Task<HostServer> StartAsync(bool hasWebhooks)
    {
        var server = await HostServer.StartAsync(
            new SandboxOptions { Companies = 20, Leads = 120, Webhooks = hasWebhooks, Rate = 1000 }, ("Webhooks:FollowChanges", "true"), ("Webhooks:SettleSeconds", "1"));
        await server.InstallAsync();
        var enabling = server.Services.GetRequiredService<WriteBackEnabling>();
        await enabling.EnableAsync(server.Account, CancellationToken.None);
        await server.RunAsync([.. RunSteps.All]);
        return server;
    }

    private static async Task WinAsync(HostServer server, Lead lead, long price)
    {
        using var answer = await server.Crm.PostAsJsonAsync($"sandbox/leads/{lead.Id}", new { status_id = Lead.Won, price });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What the CRM's field of the company says was bought.</summary>
    private static async Task<decimal> BoughtAsync(HostServer server, long company)
    {
        var cards = await server.Crm.GetFromJsonAsync<Dictionary<string, Dictionary<string, JsonElement>>>("sandbox/fields?entity=companies");
        return cards!.TryGetValue(company.ToString(System.Globalization.CultureInfo.InvariantCulture), out var fields) && fields.TryGetValue("AMOLTV_BOUGHT", out var bought)
            ? decimal.Parse(bought.ToString(), System.Globalization.CultureInfo.InvariantCulture)
            : 0;
    }

    private static Task EventuallyAsync(HostServer server, string sql, long expected) =>
        HostServer.EventuallyAsync(async () => await ScalarAsync(server, sql) == expected);

    private static async Task<long> ScalarAsync(HostServer server, string sql)
    {
        await using var connection = await server.Database.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>(sql);
    }

    private static async Task ExecuteAsync(HostServer server, string sql)
    {
        await using var connection = await server.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }
}
