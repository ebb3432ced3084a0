using System.CommandLine;
using AmoLtv.Core.Identity;
using AmoLtv.Host.CommandLine;

namespace AmoLtv.Host.Installing;

/// <summary><c>amoltv accounts check</c>: asks the CRM now how each connection does, and prints what came of it.</summary>
internal static class AccountsCheckCommand
{
    public static Command Create()
    {
        var account = TargetAccounts.CreateOption();
        var json = new Option<bool>("--json") { Description = "Prints one line of JSON instead of a table." };
        // For tests of many workers that meet one expired token.
        var workers = new Option<int>("--workers") { Description = "How many open each connection at once.", DefaultValueFactory = _ => 1, Hidden = true };
        var command = new Command("check", "Asks the CRM how the connections do: tokens are renewed where they must be, and the state is printed.") { account, json, workers };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(
            async (services, cancelled) =>
            {
                var isWorking = true;
                foreach (var id in await TargetAccounts.ResolveAsync(services, parsed.GetValue(account), cancelled))
                {
                    isWorking &= await CheckAsync(services, id, Math.Clamp(parsed.GetValue(workers), 1, 1000), cancelled);
                }

                await AccountsCommand.PrintAsync(services, parsed.GetValue(json), cancelled);
                return isWorking ? 0 : 1;
            },
            cancellationToken));
        return command;
    }

    private static async Task<bool> CheckAsync(IServiceProvider services, AccountId account, int workers, CancellationToken cancellationToken)
    {
        var probe = services.GetRequiredService<ConnectionProbe>();
        var keeper = services.GetRequiredService<TokenKeeper>();
        foreach (var clientId in await services.GetRequiredService<GrantStore>().ListAsync(account, cancellationToken))
        {
            // Each waits for a token; what they meet, the probe after them tells.
            await Task.WhenAll(Enumerable.Range(1, workers - 1).Select(_ => Task.Run(
                async () =>
                {
                    try
                    {
                        await keeper.GetAsync(account, clientId, rejected: null, cancellationToken);
                    }
                    catch (Exception failure) when (failure is ConnectionLostException or AmoCrm.Transport.CrmException)
                    {
                        await Console.Error.WriteLineAsync(failure.Message);
                    }
                },
                cancellationToken)).Append(probe.ProbeAsync(account, clientId, cancellationToken)));
        }

        var state = await services.GetRequiredService<ConnectionReport>().ReadAsync(account, cancellationToken);
        return state is { IsWorking: true };
    }
}
