using System.Text.Json;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Running;
using Microsoft.AspNetCore.Http.Features;

namespace AmoLtv.Host.Operations;

/// <summary>
/// Tells the progress of a run as newline-delimited JSON until it ends. It is read from the tables, so the run may be another process's.
/// After some minutes the stream ends by itself: the page connects again, and is asked again who it is.
/// </summary>
public sealed class ProgressTelling(RunReader runs, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>Rounds without news after which a beat says that the connection lives.</summary>
    private const int QuietRounds = 10;

    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    public async Task WriteAsync(HttpContext http, AccountId account, RunAnswer first)
    {
        http.Response.ContentType = "application/x-ndjson; charset=utf-8";
        http.Response.Headers.CacheControl = "private, no-store";
        // Asks a proxy in between to pass each line on at once.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        ending.CancelAfter(Longest);
        try
        {
            await FollowAsync(http.Response, account, first, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The reader went away, the service stops, or it is time to connect anew.
        }
    }

    private async Task FollowAsync(HttpResponse response, AccountId account, RunAnswer first, CancellationToken cancellationToken)
    {
        var run = first;
        byte[] told = [];
        var quiet = 0;
        while (true)
        {
            var isOver = run.Status != RunStatus.Running;
            // What has passed is no news of its own: the page counts seconds itself.
            var line = JsonSerializer.SerializeToUtf8Bytes(new ProgressEvent(isOver ? "end" : "run", run with { DurationSeconds = isOver ? run.DurationSeconds : 0 }), JsonSerializerOptions.Web);
            if (!line.AsSpan().SequenceEqual(told))
            {
                await TellAsync(response, JsonSerializer.SerializeToUtf8Bytes(new ProgressEvent(isOver ? "end" : "run", run), JsonSerializerOptions.Web), cancellationToken);
                (told, quiet) = (line, 0);
            }
            else if (++quiet >= QuietRounds)
            {
                await TellAsync(response, JsonSerializer.SerializeToUtf8Bytes(new ProgressEvent("beat", null), JsonSerializerOptions.Web), cancellationToken);
                quiet = 0;
            }

            if (isOver)
            {
                return;
            }

            await Task.Delay(Every, TimeProvider.System, cancellationToken);
            if (await runs.FindAsync(account, run.Id, cancellationToken) is not { } next)
            {
                return;
            }

            run = next;
        }
    }

    private static async Task TellAsync(HttpResponse response, byte[] line, CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync(line, cancellationToken);
        await response.Body.WriteAsync(LineEnd, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
