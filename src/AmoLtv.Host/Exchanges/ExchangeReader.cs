using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Pacing;

namespace AmoLtv.Host.Exchanges;

/// <summary>Reads the log for an admin, with what the account is held back for.</summary>
public sealed class ExchangeReader(ExchangeStore exchanges, CircuitStore circuits)
{
    public const int Most = 500;

    /// <param name="before">As <see cref="ExchangePage.Next"/> gave it, null for the newest.</param>
    /// <param name="limit">1 to <see cref="Most"/>; another number is taken for the nearer of them.</param>
    public async Task<ExchangePage> ReadAsync(AccountId account, long? before, int limit, CancellationToken cancellationToken)
    {
        var wanted = Math.Clamp(limit, 1, Most);
        var rows = await exchanges.ListAsync(account, before, wanted, cancellationToken);
        var open = await circuits.ListOpenAsync(account, cancellationToken);
        return new ExchangePage([.. open.Select(HeldBack)], rows, rows.Count == wanted ? rows[^1].Id : null);
    }

    private static HeldBackAccount HeldBack(OpenCircuit open) => new(
        open.Cause switch
        {
            CircuitCause.Blocked => "blocked",
            CircuitCause.Unpaid => "unpaid",
            _ => "throttled",
        },
        open.Reason,
        open.Failure.NextStep(),
        open.OpenedAt,
        open.ProbeAt);
}
