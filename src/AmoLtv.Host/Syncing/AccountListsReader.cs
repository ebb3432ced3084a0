using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.Accounts;
using AmoLtv.AmoCrm.Fields;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Syncing;

/// <summary>Reads the account and its short lists from the CRM.</summary>
internal static class AccountListsReader
{
    /// <exception cref="CrmException">A list could not be read, or another account answers at the address.</exception>
    public static async Task<AccountLists> ReadAsync(AmoCrmClient client, AccountId expected, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var account = await client.GetAccountAsync(cancellationToken);
        if (account.Id != expected)
        {
            throw new CrmException(
                CrmFailure.Unexpected, $"Reading account {expected} ({client.BaseAddress.Authority} answers as account {account.Id})");
        }

        var fields = new Dictionary<EntityType, IReadOnlyList<CrmCustomField>>();
        foreach (var entity in Enum.GetValues<EntityType>())
        {
            fields[entity] = await client.GetCustomFieldsAsync(entity, cancellationToken);
        }

        return new AccountLists(
            now,
            account,
            await client.GetPipelinesAsync(cancellationToken),
            await client.GetUsersAsync(cancellationToken),
            await LossReasonsAsync(client, cancellationToken),
            fields);
    }

    /// <summary>An account that has loss reasons switched off does not serve the list at all.</summary>
    private static async Task<IReadOnlyList<CrmLossReason>> LossReasonsAsync(AmoCrmClient client, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetLossReasonsAsync(cancellationToken);
        }
        catch (CrmException failure) when (failure.Failure is CrmFailure.NotFound or CrmFailure.PaymentRequired)
        {
            return [];
        }
    }
}
