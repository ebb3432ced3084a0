using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AmoLtv.AmoCrm.Entities;

namespace AmoLtv.AmoCrm.Reading;

/// <summary>
/// Reads pages in order while the next ones are already on their way: an answer takes longer than the pause between two permitted
/// requests, so one request at a time would leave most of the permitted rate unused.
/// </summary>
internal static class PageReader
{
    /// <summary>Pages asked for and not yet taken. At 6 requests a second it hides answers of up to a second; memory holds so many pages.</summary>
    private const int Ahead = 6;

    /// <param name="fetch">Reads the page of a number.</param>
    public static async IAsyncEnumerable<Page<T>> ReadAsync<T>(
        Func<int, CancellationToken, Task<Page<T>>> fetch, int startPage, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A small account has one page: nothing is asked ahead before the first one says that there is more.
        var first = await fetch(startPage, cancellationToken);
        yield return first;
        if (!first.HasNext)
        {
            yield break;
        }

        var previous = first;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pages = Channel.CreateBounded<Task<Page<T>>>(Ahead - 1);
        var asking = AskAsync(fetch, startPage + 1, pages.Writer, stop.Token);
        try
        {
            await foreach (var asked in pages.Reader.ReadAllAsync(cancellationToken))
            {
                var page = previous = await PageRepeats.NotAgainAsync(previous, await asked, fetch, cancellationToken);
                // An empty one too, after a page that promised more: it says that there is nothing behind that one.
                yield return page;
                if (!page.HasNext)
                {
                    yield break;
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            await asking;
            await LeaveAsync(pages.Reader);
        }
    }

    private static async Task AskAsync<T>(
        Func<int, CancellationToken, Task<Page<T>>> fetch, int page, ChannelWriter<Task<Page<T>>> pages, CancellationToken cancellationToken)
    {
        try
        {
            while (await pages.WaitToWriteAsync(cancellationToken))
            {
                // This is the only writer: there is room once WaitToWrite said so.
                await pages.WriteAsync(fetch(page++, cancellationToken), cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The reader has seen the last page, or gave up.
        }
        finally
        {
            pages.Complete();
        }
    }

    /// <summary>Pages beyond the end were asked for in vain; their outcome is of no interest, but a failure must not go unobserved.</summary>
    private static async Task LeaveAsync<T>(ChannelReader<Task<Page<T>>> pages)
    {
        await foreach (var asked in pages.ReadAllAsync())
        {
            await asked.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
