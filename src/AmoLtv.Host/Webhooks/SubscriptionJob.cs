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
/// Keeps the subscriptions alive: made when an account is connected, looked at daily, made again where the CRM lost it or switched it
/// off. What changed while no hook could come is then looked for.
/// </summary>
internal sealed partial class SubscriptionJob(
    SubscriptionStore store, HookInbox inbox, CrmConnections connections, SettingsStore settings, SecretProtector protector, HookDestination destinations,
    IOptions<WebhooksOptions> options, TimeProvider time, ILogger<SubscriptionJob> logger) : IRecurringJob
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromDays(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(10);

    public string Name => "webhook-subscriptions";

    public TimeSpan Every => TimeSpan.FromSeconds(30);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.FollowChanges)
        {
            return;
        }

        foreach (var account in await store.ListDueAsync(time.GetUtcNow(), cancellationToken))
        {
            await KeepAsync(account, cancellationToken);
        }
    }

    private async Task KeepAsync(AccountId account, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var fresh = HookSecret.Make();
        var (secret, status) = await store.KeepAsync(account, protector.Protect(fresh), HookSecret.Hash(fresh), now, cancellationToken);
        try
        {
            var client = await connections.OpenAsync(account, cancellationToken);
            var destination = destinations.Of(client.ClientId, protector.Unprotect(secret));
            var isRenewed = await SubscribeAsync(client, account, destination, cancellationToken);
            if (isRenewed || status != SubscriptionStatus.Active)
            {
                await inbox.AddAsync(account, [ChangeMark.Unknown], now);
            }

            await store.SaveAsync(account, SubscriptionStatus.Active, null, now, now + LookEvery, cancellationToken);
        }
        catch (CrmException refusal) when (
            refusal is { IsFromApi: true, Failure: CrmFailure.PaymentRequired or CrmFailure.Forbidden or CrmFailure.NotFound or CrmFailure.Invalid or CrmFailure.Unprocessable })
        {
            Log.Unsupported(logger, account, refusal.Message);
            await store.SaveAsync(account, SubscriptionStatus.Unsupported, refusal.Message, now, now + LookEvery, cancellationToken);
        }
        catch (Exception failure) when (failure is CrmException or ConnectionLostException or JsonException)
        {
            Log.Failed(logger, account, failure.Message);
            await store.SaveAsync(account, null, failure.Message, null, now + AfterFailure, cancellationToken);
        }
    }

    /// <returns>Whether the CRM had no working subscription.</returns>
    private async Task<bool> SubscribeAsync(AmoCrmClient client, AccountId account, string destination, CancellationToken cancellationToken)
    {
        var current = (await settings.GetAsync(account, cancellationToken)).Settings;
        List<string> wanted =
        [
            .. WebhookEvents.Always,
            .. current.UsedFieldIds(EntityType.Company).Count > 0 ? new[] { WebhookEvents.UpdateCompany } : [],
            .. current.UsedFieldIds(EntityType.Contact).Count > 0 ? new[] { WebhookEvents.UpdateContact } : [],
        ];
        var held = await client.FindWebhookAsync(destination, cancellationToken);
        if (held is { IsDisabled: false } && held.Events.SetEquals(wanted))
        {
            return false;
        }

        if (held is { IsDisabled: true })
        {
            // Whether saving it again switches it on is not documented: it is made anew.
            Log.SwitchedOff(logger, account);
            await client.UnsubscribeAsync(destination, cancellationToken);
        }

        await client.SubscribeAsync(destination, wanted, cancellationToken);
        return held is null or { IsDisabled: true };
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Account {Account}: the CRM takes no subscription to its webhooks ({Reason}); changes are asked for every 15 minutes.")]
        public static partial void Unsupported(ILogger logger, AccountId account, string reason);

        [LoggerMessage(2, LogLevel.Warning, "Account {Account}: the subscription to webhooks could not be looked at: {Reason}")]
        public static partial void Failed(ILogger logger, AccountId account, string reason);

        [LoggerMessage(3, LogLevel.Warning, "Account {Account}: the CRM had switched our webhook off; it is made anew, and what changed meanwhile is looked for.")]
        public static partial void SwitchedOff(ILogger logger, AccountId account);
    }
}
