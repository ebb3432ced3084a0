using System.Buffers;
using System.IO.Pipelines;
using AmoLtv.AmoCrm.Webhooks;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;
using Npgsql;

namespace AmoLtv.Host.Webhooks;

/// <summary>
/// Takes a hook: keeps which cards it names, then answers. Whatever is not ours to refuse is answered with 200, since the CRM switches
/// off hooks that meet too many refusals; only what could not be kept is answered with 503, and comes again.
/// </summary>
internal sealed partial class HookReceiver(HookAccounts accounts, HookInbox inbox, TimeProvider time, ILogger<HookReceiver> logger)
{
    /// <summary>Largest body that is read, bytes; one that is larger says no more than that something changed.</summary>
    internal const int LargestBody = 2 * 1024 * 1024;

    public async Task ReceiveAsync(HttpContext http)
    {
        AccountId? known;
        try
        {
            known = await accounts.FindAsync((string)http.Request.RouteValues["secret"]!, http.RequestAborted);
        }
        catch (NpgsqlException failure)
        {
            Log.NoDatabase(logger, failure);
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        if (known is not { } account)
        {
            return;
        }

        if (await ReadAsync(http.Request.BodyReader, account, http.RequestAborted) is { Count: > 0 } marks
            && !await inbox.AddAsync(account, marks, time.GetUtcNow()))
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    /// <returns>What is to be kept; nothing where the body speaks of no card of ours, or of another account.</returns>
    private async Task<IReadOnlyList<ChangeMark>> ReadAsync(PipeReader body, AccountId account, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            if (read.Buffer.Length > LargestBody)
            {
                Log.TooLarge(logger, account);
                body.AdvanceTo(read.Buffer.End);
                return [ChangeMark.Unknown];
            }

            if (read.IsCompleted)
            {
                var marks = Marks(read.Buffer, account);
                body.AdvanceTo(read.Buffer.End);
                return marks;
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private IReadOnlyList<ChangeMark> Marks(ReadOnlySequence<byte> body, AccountId account)
    {
        var content = HookForm.Read(body.IsSingleSegment ? body.FirstSpan : body.ToArray());
        if (content.Account is { } named && named != account)
        {
            Log.OtherAccount(logger, account, named);
            return [];
        }

        if (!content.IsUnderstood)
        {
            Log.NotUnderstood(logger, account);
            return [.. content.Marks, ChangeMark.Unknown];
        }

        return content.Marks;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A hook of account {Account} is too large to be read; everything that changed will be looked for.")]
        public static partial void TooLarge(ILogger logger, AccountId account);

        [LoggerMessage(2, LogLevel.Warning, "A hook of account {Account} names account {Named} and is dropped.")]
        public static partial void OtherAccount(ILogger logger, AccountId account, AccountId named);

        [LoggerMessage(3, LogLevel.Warning, "A hook of account {Account} does not say which cards changed; everything that changed will be looked for.")]
        public static partial void NotUnderstood(ILogger logger, AccountId account);

        [LoggerMessage(4, LogLevel.Error, "A hook could not be kept: the database does not answer.")]
        public static partial void NoDatabase(ILogger logger, Exception failure);
    }
}
