using System.Security.Cryptography;
using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Webhooks;

/// <summary>
/// Which account a hook's secret belongs to, from memory. A secret that is not known makes the list be read anew, at most once a second
/// for all callers together; so junk costs no more than that, and a subscription made by another process is known when its first hook comes.
/// </summary>
internal sealed class HookAccounts(SubscriptionStore store) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile Reading _reading = new(new Dictionary<string, (AccountId, byte[])>(StringComparer.Ordinal), -1);

    /// <returns>Null where no account has this secret.</returns>
    public async Task<AccountId?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        if (secret.Length != HookSecret.Length)
        {
            return null;
        }

        var hash = HookSecret.Hash(secret);
        var began = TimeProvider.System.GetTimestamp();
        return Find(_reading, hash) ?? Find(await ReadSinceAsync(began, cancellationToken), hash);
    }

    public void Dispose() => _gate.Dispose();

    private static AccountId? Find(Reading reading, byte[] hash) =>
        reading.Accounts.TryGetValue(Convert.ToHexString(hash), out var known) && CryptographicOperations.FixedTimeEquals(known.Hash, hash) ? known.Account : null;

    /// <summary>A reading that began after a moment. The time is the machine's own: this is no business of a sandbox's clock.</summary>
    private async Task<Reading> ReadSinceAsync(long moment, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_reading.BeganAt >= moment)
            {
                return _reading;
            }

            if (_reading.BeganAt >= 0 && Pause - TimeProvider.System.GetElapsedTime(_reading.BeganAt) is { } wait && wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, TimeProvider.System, cancellationToken);
            }

            var began = TimeProvider.System.GetTimestamp();
            var secrets = await store.ListHashesAsync(cancellationToken);
            return _reading = new Reading(
                secrets.ToDictionary(secret => Convert.ToHexString(secret.Hash), secret => secret, StringComparer.Ordinal), began);
        }
        finally
        {
            _gate.Release();
        }
    }

    private sealed record Reading(IReadOnlyDictionary<string, (AccountId Account, byte[] Hash)> Accounts, long BeganAt);
}
