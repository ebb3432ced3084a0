using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Installing;

/// <summary>
/// Asks the CRM how a grant does: by reading the account, and whether its user is still an administrator. An account that no longer
/// answers at its address is looked for at its present one.
/// </summary>
public sealed partial class ConnectionProbe(
    CrmConnections connections, ConnectionStore store, GrantStore grants, AccountRelocation relocation, TimeProvider time, ILogger<ConnectionProbe> logger)
{
    /// <returns>What was learnt; it is stored already.</returns>
    public async Task<ProbeAnswer> ProbeAsync(AccountId account, string clientId, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(account, clientId, cancellationToken);
        if (answer.Hindrance is Hindrance.Unreachable or Hindrance.Unpaid && await MoveAsync(account, clientId, cancellationToken))
        {
            answer = await AskAsync(account, clientId, cancellationToken);
        }

        await store.SaveProbeAsync(account, clientId, answer, time.GetUtcNow(), cancellationToken);
        Log.Probed(logger, account, clientId, answer.Kind, answer.Hindrance, answer.Words);
        return answer;
    }

    private async Task<ProbeAnswer> AskAsync(AccountId account, string clientId, CancellationToken cancellationToken)
    {
        try
        {
            var client = await connections.OpenGrantAsync(account, clientId, cancellationToken);
            var crm = await client.GetAccountAsync(cancellationToken);
            return await client.IsAdministratorAsync(crm.CurrentUser, cancellationToken) == false
                ? new ProbeAnswer(ProbeAnswer.Outcome.Hindered, Hindrance.Rights)
                : new ProbeAnswer(ProbeAnswer.Outcome.Works);
        }
        catch (ConnectionLostException lost)
        {
            // Thrown too where a setting of ours is wrong, of the keys for one: only a loss that the renewal has stored is one.
            var isLost = await grants.ReadTokensAsync(account, clientId, cancellationToken) is { Status: GrantStatus.Lost };
            return new ProbeAnswer(isLost ? ProbeAnswer.Outcome.Lost : ProbeAnswer.Outcome.Unclear, null, lost.Message);
        }
        catch (CrmException failure)
        {
            return ProbeRule.Read(failure);
        }
    }

    private async Task<bool> MoveAsync(AccountId account, string clientId, CancellationToken cancellationToken)
    {
        if (await grants.ReadTokensAsync(account, clientId, cancellationToken) is not { } stored
            || await relocation.FindAsync(account, clientId, stored) is not { } address)
        {
            return false;
        }

        await store.SaveAddressAsync(account, address, cancellationToken);
        Log.Moved(logger, account, stored.BaseAddress.Authority, address.Authority);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Asked the CRM how account {Account} does, integration {ClientId}: {Kind} {Hindrance} {Words}")]
        public static partial void Probed(ILogger logger, AccountId account, string clientId, ProbeAnswer.Outcome kind, Hindrance? hindrance, string? words);

        [LoggerMessage(2, LogLevel.Warning, "Account {Account} is no longer at {Before} but at {After}.")]
        public static partial void Moved(ILogger logger, AccountId account, string before, string after);
    }
}
