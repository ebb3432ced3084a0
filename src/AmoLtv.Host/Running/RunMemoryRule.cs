namespace AmoLtv.Host.Running;

/// <summary>How much memory a base takes, by measurements: the working sets in AmoLtv.Benchmarks, results/recalculation.md. Analysing takes less.</summary>
internal static class RunMemoryRule
{
    /// <summary>A history with its figures, the stored result it is compared with and the new one.</summary>
    private const long BytesOfCustomer = 4096;

    private const long BytesOfPurchase = 400;

    /// <param name="purchases">Leads that count.</param>
    /// <param name="customers">Companies and contacts that they belong to.</param>
    /// <returns>MiB, rounded up.</returns>
    public static long NeedMb(long purchases, long customers) =>
        ((purchases * BytesOfPurchase) + (customers * BytesOfCustomer) + (1 << 20) - 1) >> 20;

    /// <summary>A third of what the machine or the container gives: two processes on one machine leave a third to PostgreSQL.</summary>
    /// <param name="availableBytes">Bytes the process may use.</param>
    /// <returns>MiB, at least <see cref="RunMemory.SmallMb"/>.</returns>
    public static int ShareOf(long availableBytes) =>
        (int)Math.Clamp(availableBytes / 3 >> 20, RunMemory.SmallMb, int.MaxValue);
}
