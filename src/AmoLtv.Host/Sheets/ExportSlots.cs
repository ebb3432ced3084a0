using System.Threading.RateLimiting;
using AmoLtv.Core.Identity;
using Npgsql;

namespace AmoLtv.Host.Sheets;

/// <summary>
/// How many files are made at a time. Each keeps a connection for as long as its reader takes to load it: with all connections of the pool in
/// their hands a run could not even keep its account. A fifth of the pool is theirs, half of it one account's.
/// </summary>
public sealed class ExportSlots : IDisposable
{
    private readonly PartitionedRateLimiter<AccountId> _slots;

    public ExportSlots(NpgsqlDataSource database)
    {
        var all = Math.Max(1, new NpgsqlConnectionStringBuilder(database.ConnectionString).MaxPoolSize / 5);
        _slots = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<AccountId, AccountId>(account => RateLimitPartition.GetConcurrencyLimiter(account, _ => Limit(Math.Max(1, all / 2)))),
            PartitionedRateLimiter.Create<AccountId, int>(_ => RateLimitPartition.GetConcurrencyLimiter(0, _ => Limit(all))));
    }

    /// <summary>A slot where one is free; it is given back when the lease is disposed.</summary>
    public RateLimitLease Take(AccountId account) => _slots.AttemptAcquire(account);

    public void Dispose() => _slots.Dispose();

    private static ConcurrencyLimiterOptions Limit(int slots) => new() { PermitLimit = slots, QueueLimit = 0 };
}
