using AmoLtv.Testing;

namespace AmoLtv.Night;

/// <summary>What happens to a night: processes are killed, PostgreSQL is stopped for a while, the program is replaced by a newer one.</summary>
internal sealed class NightDisturbances
{
    /// <summary>PostgreSQL is stopped when so much of the night is done, 0..1.</summary>
    private const double OutageAt = 0.4;

    private readonly NightArguments _asked;
    private readonly PostgresCluster _cluster;
    private readonly NightDatabase _database;
    private readonly NightProcesses _processes;
    private readonly Action<string> _say;
    private readonly KillPlan _kills;
    private double _spentByStopped;
    private int _postmaster;
    private int _upgraded;
    private bool _wasOut;

    public NightDisturbances(NightArguments asked, PostgresCluster cluster, NightDatabase database, NightProcesses processes, Action<string> say)
    {
        (_asked, _cluster, _database, _processes, _say) = (asked, cluster, database, processes, say);
        _kills = new KillPlan(asked.Kills, asked.Processes, asked.Seed);
        _postmaster = ProcessUsage.PostmasterOf(cluster.Folder);
        _upgraded = asked.Previous is null ? asked.Processes : 0;
    }

    public int Killed => _kills.Done;

    /// <summary>Whether nothing is left that was to happen.</summary>
    public bool AreOver => _kills.IsOver && (_wasOut || _asked.Outage == 0) && _upgraded == _asked.Processes;

    /// <summary>Processor seconds of all servers of the database so far.</summary>
    public double PostgresCpuSeconds => _spentByStopped + ProcessUsage.CpuSeconds(_postmaster);

    /// <summary>Does what is due.</summary>
    /// <param name="done">Part of the night's accounts that are finished, 0..1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task DisturbAsync(double done, CancellationToken cancellationToken)
    {
        while (_kills.Next(done) is { } place)
        {
            await _processes.KillAsync(place);
        }

        if (!_wasOut && _asked.Outage > 0 && done >= OutageAt)
        {
            _wasOut = true;
            await StopPostgresAsync(TimeSpan.FromSeconds(_asked.Outage), cancellationToken);
        }

        if (_upgraded < _asked.Processes && done >= (_upgraded + 1.0) / (_asked.Processes + 1))
        {
            _say($"— process {_upgraded + 1} is upgraded");
            await _processes.UpgradeAsync(_upgraded++, cancellationToken);
        }
    }

    private async Task StopPostgresAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        _say($"— PostgreSQL is stopped for {time.TotalSeconds:0} s");
        _spentByStopped += ProcessUsage.CpuSeconds(_postmaster);
        await _cluster.StopServerAsync();
        await Task.Delay(time, cancellationToken);
        await _cluster.StartServerAsync();
        _database.ForgetConnections();
        _postmaster = ProcessUsage.PostmasterOf(_cluster.Folder);
        _say("— PostgreSQL is back");
    }
}
