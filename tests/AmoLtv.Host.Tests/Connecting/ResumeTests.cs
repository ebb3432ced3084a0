using System.Net.Http.Json;
using System.Text.Json;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Running;
using AmoLtv.Sandbox;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Connecting;

/// <summary>A lost connection and the install after it, on a service that runs accounts by itself.</summary>
[TestFixture, Category("Slow")]
public sealed class ResumeTests
{
    [Test]
    public async Task Work_stops_with_its_reason_when_the_connection_is_lost_and_goes_on_at_once_without_loss_after_an_install()
    {
        await using var server = await HostServer.StartAsync(
            new SandboxOptions { Companies = 5, Leads = 20 }, ("Scheduling:RunWhenConnected", "true"), ("Scheduling:ReconcileSeconds", "1"));
        await server.InstallAsync();
        await FinishedAsync(server, 1);
        (await server.Crm.PostAsJsonAsync("sandbox/revoke", new { clientId = SandboxOptions.DefaultIntegration.ClientId })).EnsureSuccessStatusCode();
        await HostServer.EventuallyAsync(async () => (await FailedRunAsync(server))?.Contains("install the integration again", StringComparison.Ordinal) == true);
        var lost = await server.Services.GetRequiredService<ConnectionReport>().ReadAsync(server.Account, CancellationToken.None);
        using var created = await server.Crm.PostAsJsonAsync("sandbox/leads", new { name = "meanwhile", price = 1000 });
        var lead = (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetInt64();

        await server.InstallAsync();

        await FinishedAsync(server, 2);
        Assert.That((lost!.Code, lost.IsWorking), Is.EqualTo(("lost", false)));
        Assert.That(lost.State.En.NextStep, Does.Contain("install the integration again"));
        Assert.That(await CountAsync(server, $"select count(*) from leads where lead_id = {lead}"), Is.EqualTo(1), "A lead of the time without connection is missing.");
    }

    private static Task FinishedAsync(HostServer server, long runs) => HostServer.EventuallyAsync(
        async () => await CountAsync(server, "select count(*) from runs where status = 'finished'") == runs);

    private static async Task<string?> FailedRunAsync(HostServer server)
    {
        var request = new RunRequest(RunCause.Command, [RunSteps.Sync], null, TimeSpan.FromMinutes(1));
        return (await server.Services.GetRequiredService<AccountRunner>().RunAsync(server.Account, request, null, CancellationToken.None)).Error;
    }

    private static async Task<long> CountAsync(HostServer server, string sql)
    {
        await using var connection = await server.Database.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>(sql);
    }
}
