using System.CommandLine;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.CommandLine;

/// <summary>The <c>--account</c> option: one account, or all connected ones where it is left out.</summary>
public static class TargetAccounts
{
    public static Option<long?> CreateOption() => new("--account")
    {
        Description = "Number of the account; left out: every connected account.",
    };

    /// <exception cref="CommandFailedException">No account is connected, or not the asked one.</exception>
    public static async Task<IReadOnlyList<AccountId>> ResolveAsync(
        IServiceProvider services, long? asked, CancellationToken cancellationToken)
    {
        var connected = await services.GetRequiredService<RunStore>().ListAccountsAsync(cancellationToken);
        if (connected.Count == 0)
        {
            throw new CommandFailedException("No account is connected yet: install the integration in the CRM first.");
        }

        if (asked is null)
        {
            return connected;
        }

        return connected.Contains(new AccountId(asked.Value))
            ? [new AccountId(asked.Value)]
            : throw new CommandFailedException($"Account {asked} is not connected. Connected: {string.Join(", ", connected)}.");
    }
}
