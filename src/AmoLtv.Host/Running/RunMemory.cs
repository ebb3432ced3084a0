using System.Globalization;
using System.Threading.RateLimiting;
using AmoLtv.Host.CommandLine;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Running;

/// <summary>
/// The memory that steps of one process share which hold a whole base: valuing and analysing. A large base waits until there is room for it
/// beside the others; one that would not fit alone is refused, so that it takes down neither its process nor the accounts that run beside it.
/// </summary>
internal sealed class RunMemory : IDisposable
{
    /// <summary>Less than this a process always has room for: small accounts never wait for a large one. MiB.</summary>
    public const int SmallMb = 32;

    private readonly int _limitMb;
    private readonly ConcurrencyLimiter _room;

    public RunMemory(IOptions<RunningOptions> options)
    {
        _limitMb = options.Value.MemoryMb ?? RunMemoryRule.ShareOf(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        _room = new(new() { PermitLimit = _limitMb, QueueLimit = int.MaxValue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });
    }

    /// <summary>Waits for room, told as the run's progress.</summary>
    /// <param name="run">The run that reads the base.</param>
    /// <param name="purchases">Leads that count: purchases and credit notes.</param>
    /// <param name="customers">Companies and contacts that they belong to.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The room, given back when disposed; null: so little that nobody counts it.</returns>
    /// <exception cref="CommandFailedException">The base is too large for this process; says which setting allows more.</exception>
    public async ValueTask<IDisposable?> TakeAsync(RunContext run, long purchases, long customers, CancellationToken cancellationToken)
    {
        var needMb = RunMemoryRule.NeedMb(purchases, customers);
        if (needMb < SmallMb)
        {
            return null;
        }

        if (needMb > _limitMb)
        {
            throw new CommandFailedException(string.Create(CultureInfo.InvariantCulture,
                $"Account {run.Account}, {purchases:N0} purchases of {customers:N0} customers, takes about {needMb:N0} MiB, and Running:MemoryMb allows {_limitMb:N0}: its numbers stay as they were. Raise it where the machine has room."));
        }

        var taken = _room.AttemptAcquire((int)needMb);
        if (!taken.IsAcquired)
        {
            run.Progress.Report(new StepProgress(0, null, "Waiting for memory that other accounts hold"));
            taken = await _room.AcquireAsync((int)needMb, cancellationToken);
        }

        return taken;
    }

    public void Dispose() => _room.Dispose();
}
