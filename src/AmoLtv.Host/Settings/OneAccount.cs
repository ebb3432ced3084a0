using System.CommandLine;
using AmoLtv.Core.Identity;
using AmoLtv.Host.CommandLine;

namespace AmoLtv.Host.Settings;

/// <summary>Commands that change or show what one account decided: with several connected, it must be named.</summary>
internal static class OneAccount
{
    public static Option<long?> CreateOption() => new("--account")
    {
        Description = "Number of the account; may be left out while only one is connected.",
        Recursive = true,
    };

    /// <summary>Runs a command on the asked account, and says in words which setting cannot be used.</summary>
    public static Task<int> RunAsync(
        long? asked, Func<IServiceProvider, AccountId, CancellationToken, Task> command, CancellationToken cancellationToken) =>
        CommandHost.RunAsync(
            async (services, token) =>
            {
                var accounts = await TargetAccounts.ResolveAsync(services, asked, token);
                if (accounts.Count > 1)
                {
                    throw new CommandFailedException($"Several accounts are connected, name one: --account {string.Join(" | ", accounts)}.");
                }

                try
                {
                    await command(services, accounts[0], token);
                    return 0;
                }
                catch (InvalidSettingsException invalid)
                {
                    throw new CommandFailedException(invalid.Message);
                }
            },
            cancellationToken);
}
