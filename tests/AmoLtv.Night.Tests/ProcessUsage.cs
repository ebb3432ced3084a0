using System.Globalization;

namespace AmoLtv.Night;

/// <summary>What the system says about processes, from <c>/proc</c> (proc(5)).</summary>
internal static class ProcessUsage
{
    /// <summary>Clock ticks a second: fixed for programs on Linux.</summary>
    private const double Ticks = 100;

    /// <summary>Processor seconds of a process, of its children that have ended, and of those that live; 0 where it is gone.</summary>
    public static double CpuSeconds(int process) => Own(process) + Children(process).Sum(CpuSeconds);

    /// <summary>The most it ever had resident, MiB; 0 where it is gone.</summary>
    public static double PeakMemoryMb(int process)
    {
        var line = Lines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>The server process of a cluster, by the file it keeps in its data folder.</summary>
    public static int PostmasterOf(string folder) =>
        int.Parse(File.ReadLines(Directory.EnumerateFiles(folder, "postmaster.pid", SearchOption.AllDirectories).First()).First(), CultureInfo.InvariantCulture);

    private static double Own(int process)
    {
        // The name, in brackets, may hold anything; the fields follow the last bracket. 12 and 13 are its own time, 14 and 15 that of children it waited for.
        var stat = Lines($"/proc/{process}/stat").FirstOrDefault();
        return stat is null ? 0 : stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[11..15].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) / Ticks;
    }

    private static IEnumerable<int> Children(int process) =>
        Lines($"/proc/{process}/task/{process}/children").SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(child => int.Parse(child, CultureInfo.InvariantCulture));

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
