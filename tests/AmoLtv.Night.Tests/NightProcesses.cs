using AmoLtv.Testing;

namespace AmoLtv.Night;

/// <summary>The service's processes as the system knows them, and what they used, those that were killed too.</summary>
internal sealed class NightProcesses : IAsyncDisposable
{
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly ServiceProcess[] _processes;
    private readonly Uri[] _addresses;
    private readonly string[] _programs;
    private double _spentByKilled;
    private double _peakMemoryMb;

    private NightProcesses(IReadOnlyDictionary<string, string> environment, Uri[] addresses, string program)
    {
        (_environment, _addresses, _processes) = (environment, addresses, new ServiceProcess[addresses.Length]);
        _programs = [.. addresses.Select(_ => program)];
    }

    public int Count => _processes.Length;

    /// <summary>Processor seconds of all of them so far.</summary>
    public double CpuSeconds => _spentByKilled + _processes.Sum(process => ProcessUsage.CpuSeconds(process.Id));

    /// <summary>The most one of them had resident so far, MiB.</summary>
    public double PeakMemoryMb
    {
        get
        {
            foreach (var process in _processes)
            {
                Remember(process);
            }

            return _peakMemoryMb;
        }
    }

    /// <summary>Starts one at each address and waits until all are ready.</summary>
    /// <param name="environment">What they are started with.</param>
    /// <param name="addresses">Where they listen.</param>
    /// <param name="previous">Folder of the program they begin with; null: the one of today.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<NightProcesses> StartAsync(
        IReadOnlyDictionary<string, string> environment, IReadOnlyList<Uri> addresses, string? previous, CancellationToken cancellationToken)
    {
        var processes = new NightProcesses(environment, [.. addresses], previous ?? AppContext.BaseDirectory);
        for (var place = 0; place < addresses.Count; place++)
        {
            processes.Start(place);
        }

        foreach (var (address, place) in addresses.Select((address, place) => (address, place)))
        {
            await processes._processes[place].AwaitReadyAsync(address, cancellationToken);
        }

        return processes;
    }

    /// <summary>SIGKILL, and another process in its place at once.</summary>
    public async Task KillAsync(int place)
    {
        Account(place);
        await _processes[place].KillAsync();
        await _processes[place].DisposeAsync();
        Start(place);
    }

    /// <summary>SIGTERM, and when it has ended today's program in its place: an upgrade as an operator does it.</summary>
    public async Task UpgradeAsync(int place, CancellationToken cancellationToken)
    {
        Account(place);
        await _processes[place].TerminateAsync();
        await _processes[place].DisposeAsync();
        _programs[place] = AppContext.BaseDirectory;
        Start(place);
        await _processes[place].AwaitReadyAsync(_addresses[place], cancellationToken);
    }

    /// <summary>Throws where one has ended by itself.</summary>
    public void Check()
    {
        if (Array.Find(_processes, process => process.HasExited) is { } ended)
        {
            throw new InvalidOperationException($"A process of the service ended by itself.\n{ended.Output}\n{ended.Errors}");
        }
    }

    /// <summary>The end of each process's log.</summary>
    public IEnumerable<string> LogEnds() => _processes.Select(process => Tail(process.Output + process.Errors));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes.Where(process => process is not null))
        {
            await process.DisposeAsync();
        }
    }

    private static string Tail(string log) => log.Length > 3000 ? log[^3000..] : log;

    private void Start(int place) => _processes[place] = ServiceProcess.StartFrom(_programs[place], _environment, "serve", "--urls", _addresses[place].GetLeftPart(UriPartial.Authority));

    /// <summary>What a process used is known as long as it lives.</summary>
    private void Account(int place)
    {
        Remember(_processes[place]);
        _spentByKilled += ProcessUsage.CpuSeconds(_processes[place].Id);
    }

    private void Remember(ServiceProcess process) => _peakMemoryMb = Math.Max(_peakMemoryMb, ProcessUsage.PeakMemoryMb(process.Id));
}
