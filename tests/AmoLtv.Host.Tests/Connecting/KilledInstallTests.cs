using AmoLtv.Host.Tests.Crashing;
using AmoLtv.Host.Tests.Installing;
using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.Connecting;

/// <summary>The CRM waits three seconds for its call after an install and never repeats it.</summary>
[TestFixture]
[Category("Slow")]
public sealed class KilledInstallTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Test]
    public async Task Install_is_answered_in_time_and_survives_a_process_killed_right_after()
    {
        await using var crm = await ConnectedSandbox.StartAsync();
        // The CRM answers the call for tokens with silence: the process is killed while it waits for it.
        await crm.FailAsync("/oauth2/access_token", "timeout");
        await using (var first = await ServeAsync(crm))
        {
            // The sandbox gives up after three seconds, as the CRM does.
            Assert.That(await crm.InstallAsync(userId: null), Is.EqualTo(202));
            await first.KillAsync();
        }

        Assert.That(await crm.ScalarAsync<long>("select count(*) from pending_grants where status = 'waiting'"), Is.EqualTo(1));
        // A claim of the dead process runs out after minutes.
        await crm.ExecuteAsync("update pending_grants set not_before = now()");
        await using var second = await ServeAsync(crm);
        await crm.EventuallyAsync("select count(*) from grants where status = 'connected'", 1);
    }

    private static async Task<ServiceProcess> ServeAsync(ConnectedSandbox crm)
    {
        var service = ServiceProcess.Start(crm.EnvironmentOf(), "serve", "--urls", crm.HostAddress.GetLeftPart(UriPartial.Authority));
        using var http = new HttpClient();
        await Eventually.IsTrueAsync(
            async () =>
            {
                try
                {
                    return (await http.GetAsync(new Uri(crm.HostAddress, "/health/live"))).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            Patience,
            () => $"The service did not start.\n{service.Output}\n{service.Errors}");
        return service;
    }
}
