using System.Diagnostics.Metrics;
using AmoLtv.Host.Installing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Observing;

/// <summary>
/// The last count of all accounts, as gauges. Each process counts the whole database: whoever adds processes up takes the greatest, not the sum.
/// While the database cannot be counted they are silent; what was true before is not repeated.
/// </summary>
internal sealed class CensusMeter
{
    public const string Name = "AmoLtv.Host.Census";

    private readonly KeyOptions _keys;
    private volatile Census? _census;
    private volatile HealthReport? _health;

    public CensusMeter(IMeterFactory meters, IOptions<KeyOptions> keys)
    {
        _keys = keys.Value;
        var meter = meters.Create(Name);
        Gauge(meter, "amoltv.account.count", "{account}", "Accounts, by the state of their connection.",
            census => census.Accounts.GroupBy(row => row.State, (state, rows) => Of(rows.Sum(row => row.Accounts), ("amoltv.connection.state", state))));
        Gauge(meter, "amoltv.sync.accounts", "{account}", "Accounts, by the state of their connection and by how long ago their cards were read.",
            census => census.Accounts.Select(row => Of(row.Accounts, ("amoltv.connection.state", row.State), ("amoltv.sync.age", row.Age))));
        Gauge(meter, "amoltv.sync.lag", "s", "Since the cards of the account that waits longest were read, by the state of its connection.",
            census => census.Accounts.GroupBy(row => row.State, (state, rows) => Of(rows.Max(row => row.OldestSeconds), ("amoltv.connection.state", state))));
        Gauge(meter, "amoltv.queue.length", "{item}", "What waits to be done, all accounts together.",
            census => census.Queues.Select(row => Of(row.Length, ("amoltv.queue", row.Queue))));
        Gauge(meter, "amoltv.queue.age", "s", "How long the first of a queue has been waiting; nothing waits: 0.",
            census => census.Queues.Select(row => Of(Math.Max(0, row.OldestSeconds ?? 0), ("amoltv.queue", row.Queue))));
        Gauge(meter, "amoltv.grant.age", "s", "Since the oldest token of a working grant was issued.",
            census => census.Grants.Where(row => row.OldestSeconds is not null).Select(row => Of(row.OldestSeconds!.Value, ("amoltv.grant.kind", row.Kind))));
        Gauge(meter, "amoltv.grant.remaining", "s", "Until the first working grant ends, unless it is renewed.",
            census => census.Grants.Where(row => row.RemainingSeconds is not null).Select(row => Of(row.RemainingSeconds!.Value, ("amoltv.grant.kind", row.Kind))));
        Gauge(meter, "amoltv.crm.circuits", "{account}", "Accounts that are asked nothing for the time being, by why.",
            census => census.Circuits.Select(row => Of(row.Circuits, ("amoltv.crm.circuit.cause", row.Cause))));
        Gauge(meter, "amoltv.account.deadly", "{account}", "Accounts whose runs keep ending with their process, and that rest therefore.",
            census => [Of(census.AccountsThatEndProcesses)]);
        Gauge(meter, "amoltv.database.size", "By", "Size of the whole database.", census => [Of(census.DatabaseBytes)]);
        meter.CreateObservableGauge("amoltv.ready", Checks, "{check}", "1 where a check of /health/ready holds, else 0.");
        meter.CreateObservableGauge("amoltv.disk.free", Disks, "By", "Room on the disk that holds the keys of stored tokens.");
    }

    /// <param name="census">Null where the database could not be counted.</param>
    public void Take(Census? census, HealthReport health) => (_census, _health) = (census, health);

    private void Gauge(Meter meter, string name, string unit, string description, Func<Census, IEnumerable<Measurement<double>>> read) =>
        meter.CreateObservableGauge(name, () => _census is { } census ? read(census) : [], unit, description);

    private IEnumerable<Measurement<double>> Checks() =>
        _health?.Entries.Select(check => Of(check.Value.Status == HealthStatus.Unhealthy ? 0 : 1, ("amoltv.health.check", check.Key))) ?? [];

    private IEnumerable<Measurement<double>> Disks()
    {
        try
        {
            return _keys.Folder is { } folder ? [Of(new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace, ("amoltv.disk", "keys"))] : [];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }

    private static Measurement<double> Of(double value, params (string Key, string Value)[] tags) =>
        new(value, [.. tags.Select(tag => new KeyValuePair<string, object?>(tag.Key, tag.Value))]);
}
