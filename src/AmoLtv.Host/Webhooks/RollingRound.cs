using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Webhooks;

/// <summary>
/// A round of work on accounts that goes on while there is any: every few seconds, and whenever one ends, it is asked anew which are due.
/// So a huge account keeps one place for as long as it takes, and the others do not wait for it.
/// </summary>
internal static class RollingRound
{
    /// <summary>Between two looks; an account is not taken again sooner. The machine's own time: how often a table is read is no business of a sandbox's clock.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(3);

    /// <param name="listDue">Accounts that are due, the most urgent first.</param>
    /// <param name="work">Work on one of them. What it throws ends the round when the others are through.</param>
    /// <param name="most">Accounts at the same time.</param>
    /// <param name="cancellationToken">Ends the round.</param>
    public static async Task RunAsync(
        Func<CancellationToken, Task<IReadOnlyList<AccountId>>> listDue, Func<AccountId, CancellationToken, Task> work, int most, CancellationToken cancellationToken)
    {
        var busy = new Dictionary<AccountId, Task>();
        var begun = new Dictionary<AccountId, long>();
        try
        {
            while (true)
            {
                var due = busy.Count < most ? await listDue(cancellationToken) : [];
                foreach (var account in due.Where(account => !busy.ContainsKey(account) && MayBegin(begun, account)).Take(most - busy.Count).ToList())
                {
                    begun[account] = TimeProvider.System.GetTimestamp();
                    busy[account] = work(account, cancellationToken);
                }

                if (busy.Count == 0)
                {
                    return;
                }

                await Task.WhenAny([.. busy.Values, Task.Delay(LookEvery, TimeProvider.System, cancellationToken)]);
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var (account, ended) in busy.Where(one => one.Value.IsCompleted).ToList())
                {
                    busy.Remove(account);
                    await ended;
                }
            }
        }
        finally
        {
            await Task.WhenAll(busy.Values);
        }
    }

    private static bool MayBegin(Dictionary<AccountId, long> begun, AccountId account) =>
        !begun.TryGetValue(account, out var at) || TimeProvider.System.GetElapsedTime(at) >= LookEvery;
}
