using System.Text.Json;
using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.AmoCrm.Webhooks;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Running;
using AmoLtv.Host.Settings;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Webhooks;

/// <summary>
/// Keeps the subscriptions alive: made when an account is connected, looked at daily, made again where the CRM lost it, switched it
/// off, or does not call though it says so. What changed while no hook could come is then looked for.
/// </summary>
internal sealed partial class SubscriptionJob(
    SubscriptionStore store, HookMarkStore marks, CrmConnections connections, SettingsStore settings, SecretProtector protector, HookDestination destinations,
    IOptions<WebhooksOptions> options, TimeProvider time, ILogger<SubscriptionJob> logger) : IRecurringJob
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromDays(1);

    public string Name => "webhook-subscriptions";

    public TimeSpan Every => TimeSpan.FromSeconds(30);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.FollowChanges)
        {
            return;
        }

        await Parallel.ForEachAsync(
            await store.ListDueAsync(time.GetUtcNow(), cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = options.Value.MaxAtOnce, CancellationToken = cancellationToken },
            async (account, cancelled) => await KeepAsync(account, cancelled));
    }

    private async Task KeepAsync(AccountId account, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        try
        {
            var (secret, status, isNew) = await SecretAsync(account, now, cancellationToken);
            var client = await connections.OpenAsync(account, cancellationToken);
            if (isNew)
            {
                await ForgetOthersAsync(client, destinations.Of(client.ClientId, secret), cancellationToken);
            }

            var isSilent = status == SubscriptionStatus.Silent;
            var isRenewed = await SubscribeAsync(client, account, destinations.Of(client.ClientId, secret), isSilent, cancellationToken);
            if (!isSilent && (isRenewed || status != SubscriptionStatus.Active))
            {
                await marks.AddAsync([(account, ChangeMark.Unknown, now)]);
            }

            await store.ConfirmAsync(account, isRenewed, now, now + LookEvery, cancellationToken);
        }
        catch (CrmException refusal) when (
            refusal is { IsFromApi: true, Failure: CrmFailure.PaymentRequired or CrmFailure.Forbidden or CrmFailure.NotFound or CrmFailure.Invalid or CrmFailure.Unprocessable })
        {
            Log.Unsupported(logger, account, refusal.Message);
            await store.RefuseAsync(account, refusal.Message, now, now + LookEvery, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Whatever it is: one account's trouble is no reason to break off the others.
            Log.Failed(logger, failure is CrmException or ConnectionLostException or JsonException ? null : failure, account, failure.Message);
            await store.FailAsync(account, failure.Message, now, cancellationToken);
        }
    }

    /// <summary>The secret part of the address, and whether it was made a moment ago because nobody can read the one before.</summary>
    private async Task<(string Secret, string Status, bool IsNew)> SecretAsync(AccountId account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var fresh = HookSecret.Make();
        var (kept, status) = await store.KeepAsync(account, protector.Protect(fresh), HookSecret.Hash(fresh), now, cancellationToken);
        try
        {
            return (protector.Unprotect(kept), status, false);
        }
        catch (ConnectionLostException)
        {
            Log.NewSecret(logger, account);
            return await store.ReplaceAsync(account, kept, protector.Protect(fresh), HookSecret.Hash(fresh), cancellationToken)
                ? (fresh, SubscriptionStatus.Waiting, true)
                : await SecretAsync(account, now, cancellationToken);
        }
    }

    /// <summary>Ends subscriptions to addresses of this service whose secret is lost: they would be called in vain for ever.</summary>
    private static async Task ForgetOthersAsync(AmoCrmClient client, string destination, CancellationToken cancellationToken)
    {
        var ours = destination[..(destination.LastIndexOf('/') + 1)];
        foreach (var other in await client.ListWebhookAddressesAsync(cancellationToken))
        {
            if (other != destination && other.StartsWith(ours, StringComparison.Ordinal))
            {
                await client.UnsubscribeAsync(other, cancellationToken);
            }
        }
    }

    /// <param name="isSilent">Hooks do not come though the CRM calls the subscription active: it is made anew.</param>
    /// <returns>Whether the CRM had no working subscription.</returns>
    private async Task<bool> SubscribeAsync(AmoCrmClient client, AccountId account, string destination, bool isSilent, CancellationToken cancellationToken)
    {
        var current = (await settings.GetAsync(account, cancellationToken)).Settings;
        List<string> wanted =
        [
            .. WebhookEvents.Always,
            .. current.UsedFieldIds(EntityType.Company).Count > 0 ? new[] { WebhookEvents.UpdateCompany } : [],
            .. current.UsedFieldIds(EntityType.Contact).Count > 0 ? new[] { WebhookEvents.UpdateContact } : [],
        ];
        var held = await client.FindWebhookAsync(destination, cancellationToken);
        if (held is { IsDisabled: false } && held.Events.SetEquals(wanted) && !isSilent)
        {
            return false;
        }

        if (held is { IsDisabled: true } || (held is not null && isSilent))
        {
            // Whether saving it again switches it on is not documented: it is made anew.
            Log.MadeAnew(logger, account);
            await client.UnsubscribeAsync(destination, cancellationToken);
        }

        await client.SubscribeAsync(destination, wanted, cancellationToken);
        return isSilent || held is null or { IsDisabled: true };
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Account {Account}: the CRM takes no subscription to its webhooks ({Reason}); changes are asked for every 15 minutes.")]
        public static partial void Unsupported(ILogger logger, AccountId account, string reason);

        [LoggerMessage(2, LogLevel.Warning, "Account {Account}: the subscription to webhooks could not be looked at: {Reason}")]
        public static partial void Failed(ILogger logger, Exception? failure, AccountId account, string reason);

        [LoggerMessage(3, LogLevel.Warning, "Account {Account}: the CRM had switched our webhook off, or does not call it; it is made anew.")]
        public static partial void MadeAnew(ILogger logger, AccountId account);

        [LoggerMessage(4, LogLevel.Warning, "Account {Account}: the secret of its webhook cannot be decrypted with the keys in Keys:Folder; it is subscribed with a new one.")]
        public static partial void NewSecret(ILogger logger, AccountId account);
    }
}
