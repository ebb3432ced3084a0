using System.Text.Json;
using AmoLtv.Host.Tests.Installing;
using AmoLtv.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Exporting;

/// <summary>The two commands as an operator types them, on an account that works.</summary>
[TestFixture, Category("Slow")]
public sealed class EraseCommandTests
{
    [Test]
    public async Task Account_is_exported_asked_about_and_erased_with_its_subscription_and_its_schedule()
    {
        await using var crm = await ConnectedSandbox.StartAsync();
        var services = await crm.ConnectQuietlyAsync(("Webhooks:FollowChanges", "true"));
        await SubscribeAsync(services);
        var account = crm.Account.ToString();
        var folder = Directory.CreateTempSubdirectory("amoltv-export-").FullName;

        var (exported, words, errors) = await RunAsync(crm, "export", "--account", account, "--out", folder);
        Assert.That(exported, Is.Zero, errors);
        Assert.That(words, Does.Contain("grants (access_token, refresh_token)").And.Contain(folder));
        using (var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "manifest.json"))))
        {
            Assert.That(manifest.RootElement.GetProperty("account").GetInt64(), Is.EqualTo(crm.Account.Value));
        }

        var (unasked, _, refusal) = await RunAsync(crm, "erase", "--account", account);
        Assert.That(unasked, Is.EqualTo(1));
        Assert.That(refusal, Does.Contain("add --yes to erase"));
        Assert.That(await crm.ScalarAsync<long>("select count(*) from grants"), Is.EqualTo(1));

        var (erased, receipt, trouble) = await RunAsync(crm, "erase", "--account", account, "--yes");
        Assert.That(erased, Is.Zero, trouble);
        Assert.That(receipt, Does.Contain($"Account {account} is erased").And.Contain("Backups made earlier"));
        Assert.That(crm.Server.State.Webhooks, Is.Empty, "The CRM was told to call no more.");
        Assert.That(await crm.ScalarAsync<long>("select count(*) from crm_exchanges where account_id <> 0"), Is.Zero, "The line of that call is the account's, too.");

        var (again, _, nothing) = await RunAsync(crm, "erase", "--account", account, "--yes");
        Assert.That(again, Is.EqualTo(1));
        Assert.That(nothing, Does.Contain($"Nothing is stored of account {account}"));
        Directory.Delete(folder, recursive: true);
    }

    private static Task SubscribeAsync(IServiceProvider services) =>
        services.GetServices<Host.Running.IRecurringJob>().Single(job => job.Name == "webhook-subscriptions").RunAsync(CancellationToken.None);

    private static Task<(int Status, string Output, string Errors)> RunAsync(ConnectedSandbox crm, params string[] arguments)
    {
        var environment = new Dictionary<string, string>(crm.EnvironmentOf(("Webhooks:FollowChanges", "true"))) { ["DOTNET_ENVIRONMENT"] = "Development" };
        return ServiceProcess.RunAsync(environment, arguments);
    }
}
