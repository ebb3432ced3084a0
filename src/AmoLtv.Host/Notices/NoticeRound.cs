using AmoLtv.Core.Identity;
using AmoLtv.Core.Notices;
using AmoLtv.Core.Tasks;

namespace AmoLtv.Host.Notices;

/// <summary>Looks once at every account that may have something to tell, and tells its admin what has to be told.</summary>
public sealed partial class NoticeRound(
    ConditionStore conditions,
    NoticeStore store,
    NoticeSettingsStore settings,
    CrmTaskSender crm,
    EmailSender email,
    WebhookSender webhook,
    TimeProvider time,
    ILogger<NoticeRound> logger)
{
    /// <summary>A lost connection that could not be told is told afterwards, unless it is over for longer.</summary>
    private static readonly TimeSpan LateFor = TimeSpan.FromDays(7);

    /// <summary>Accounts that are told at the same time: a receiver that lets us wait makes few others wait.</summary>
    private const int AtOnce = 8;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var accounts = await conditions.ListAsync(now, now - LateFor, cancellationToken);
        await Parallel.ForEachAsync(accounts, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (account, ending) =>
        {
            try
            {
                await RunAsync(account, ending);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !ending.IsCancellationRequested)
            {
                // Whatever is wrong with one account, a secret that cannot be read any more for one, the others are told all the same.
                Log.Failed(logger, account, failure);
            }
        });
    }

    private async Task RunAsync(AccountId account, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var condition = await conditions.ReadAsync(account, now, cancellationToken);
        var open = await store.KeepAsync(account, IncidentRule.Present(condition), now, cancellationToken);
        var untold = condition.ConnectionLoss is null ? await store.ListUntoldAsync(account, now - LateFor, cancellationToken) : [];
        if (open.Count > 0 || untold.Count > 0)
        {
            var channels = Channels(await settings.GetAsync(account, cancellationToken), condition);
            var told = await store.ListAsync(account, now - NoticeRule.Quiet, cancellationToken);
            var due = NoticeRule.Due(open, channels, told, now).ToList();
            if (channels.Contains(NoticeChannel.Crm) && NoticeRule.DueLate(untold, told, now) is { } late)
            {
                due.Add(late);
            }

            await StoreAsync(account, due, now, cancellationToken);
            Warn(account, open, channels, now);
        }

        while (await store.ClaimAsync(account, now, cancellationToken) is { } notice)
        {
            await DeliverAsync(notice, cancellationToken);
        }
    }

    private async Task StoreAsync(AccountId account, IEnumerable<DueNotice> due, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var notice in due)
        {
            var marker = TaskMarker.Of(account, notice.Incident.Kind, notice.Incident.OpenedAt.ToUnixTimeMilliseconds(), notice.Channel, notice.Number);
            await store.AddAsync(account, notice, marker, now, cancellationToken);
        }
    }

    /// <summary>Says once, in the round that noticed it, what can be told nowhere.</summary>
    private void Warn(AccountId account, IReadOnlyList<Incident> open, List<NoticeChannel> channels, DateTimeOffset now)
    {
        if (channels.Count == 0)
        {
            // The database keeps whole microseconds.
            foreach (var incident in open.Where(incident => (now - incident.OpenedAt).Duration() < TimeSpan.FromMilliseconds(1)))
            {
                Log.NobodyToTell(logger, account, incident.Kind, incident.Detail);
            }
        }
    }

    private async Task DeliverAsync(StoredNotice notice, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(notice, cancellationToken);
            await store.SentAsync(notice, time.GetUtcNow(), cancellationToken);
            Log.Told(logger, notice.Account, notice.Incident.Kind, notice.Channel);
        }
        catch (NoticeFailedException failure)
        {
            var now = time.GetUtcNow();
            var again = NoticeRule.Pause(notice.Attempts) is { } pause ? now + pause : (DateTimeOffset?)null;
            await store.FailedAsync(notice, again, now, failure.Message, cancellationToken);
            Log.NotTold(logger, notice.Account, notice.Incident.Kind, notice.Channel, failure.Message);
        }
    }

    private async Task SendAsync(StoredNotice notice, CancellationToken cancellationToken)
    {
        var wanted = await settings.GetAsync(notice.Account, cancellationToken);
        var (name, isEnglish, zone) = await conditions.DescribeAsync(notice.Account, cancellationToken);
        var late = notice is { Incident.Kind: IncidentKind.ConnectionLost, Channel: NoticeChannel.Crm, ClosedAt: { } closed } ? new UntoldLoss(notice.Incident, closed) : null;
        var message = new NoticeMessage(
            notice.Account, notice.Incident.Kind, notice.Incident.OpenedAt, notice.Number, notice.Marker,
            late is null ? NoticeText.Title(notice.Incident.Kind, isEnglish) : NoticeText.LateTitle(isEnglish),
            late is null ? NoticeText.Body(notice.Incident, name, isEnglish, notice.Marker) : NoticeText.LateBody(late, name, zone, isEnglish, notice.Marker));
        switch (notice.Channel)
        {
            case NoticeChannel.Crm:
                await crm.SendAsync(message, isRepeated: notice.Attempts > 1, cancellationToken);
                break;
            case NoticeChannel.Email when wanted.Email is { } recipient && email.IsConfigured:
                await email.SendAsync(recipient, message, cancellationToken);
                break;
            case NoticeChannel.Webhook when wanted is { WebhookUrl: { } url, WebhookSecret: { } secret }:
                await webhook.SendAsync(url, secret, message, cancellationToken);
                break;
            default:
                throw new NoticeFailedException("The channel is not configured any more.");
        }
    }

    private List<NoticeChannel> Channels(NoticeSettings wanted, AccountCondition condition)
    {
        var channels = new List<NoticeChannel>();
        if (wanted.IsInCrm && condition.ConnectionLoss is null)
        {
            channels.Add(NoticeChannel.Crm);
        }

        if (wanted.Email is not null && email.IsConfigured)
        {
            channels.Add(NoticeChannel.Email);
        }

        if (wanted.WebhookUrl is not null)
        {
            channels.Add(NoticeChannel.Webhook);
        }

        return channels;
    }

    private static partial class Log
    {
        [LoggerMessage(3, LogLevel.Error, "Account {Account}: its notices could not be looked after; the next round tries again.")]
        public static partial void Failed(ILogger logger, AccountId account, Exception failure);

        [LoggerMessage(4, LogLevel.Error, "Account {Account}: {Kind} can be told to nobody now; set an e-mail address or a webhook by amoltv notices set. {Detail}")]
        public static partial void NobodyToTell(ILogger logger, AccountId account, IncidentKind kind, string detail);

        [LoggerMessage(1, LogLevel.Information, "The admin of account {Account} was told of {Kind} by {Channel}.")]
        public static partial void Told(ILogger logger, AccountId account, IncidentKind kind, NoticeChannel channel);

        [LoggerMessage(2, LogLevel.Warning, "The admin of account {Account} could not be told of {Kind} by {Channel}. {Words}")]
        public static partial void NotTold(ILogger logger, AccountId account, IncidentKind kind, NoticeChannel channel, string words);
    }
}
