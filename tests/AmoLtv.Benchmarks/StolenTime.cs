using System.Globalization;

namespace AmoLtv.Benchmarks;

/// <summary>Processor time that the machine's host gave to other machines since a moment: a measurement on such a machine is theirs, too.</summary>
internal sealed class StolenTime
{
    private const int StealColumn = 7;

    private readonly (long Stolen, long Whole) _began = Read();

    /// <summary>0 to 1, of all processors' time since this was made; 0 where the system does not count it.</summary>
    public double Share
    {
        get
        {
            var (stolen, whole) = Read();
            return whole == _began.Whole ? 0 : (double)(stolen - _began.Stolen) / (whole - _began.Whole);
        }
    }

    /// <summary>The first line of <c>/proc/stat</c>: user, nice, system, idle, iowait, irq, softirq, steal; guests are counted as users already.</summary>
    private static (long Stolen, long Whole) Read()
    {
        if (!File.Exists("/proc/stat"))
        {
            return (0, 0);
        }

        var columns = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1).Take(StealColumn + 1).Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToList();
        return (columns[StealColumn], columns.Sum());
    }
}
