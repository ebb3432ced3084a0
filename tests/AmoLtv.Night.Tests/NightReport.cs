using System.Text.Json;
using System.Text.Json.Serialization;

namespace AmoLtv.Night;

/// <summary>What became of a night.</summary>
/// <param name="Accounts">Accounts there were.</param>
/// <param name="Finished">Accounts whose night was finished.</param>
/// <param name="Twice">Accounts whose night was finished more than once.</param>
/// <param name="Mismatches">Fields of the CRM that are not what an undisturbed night writes, and companies whose sum bought is not that of their won leads.</param>
/// <param name="CpuSecondsPerAccount">Processor time of the service's processes and of PostgreSQL, divided by the accounts.</param>
/// <param name="PeakMemoryMb">Most that one process of the service had resident, MiB.</param>
/// <param name="Seconds">From the first account's moment to the end of the last run, real time.</param>
internal sealed record NightReport(int Accounts, int Finished, int Twice, int Mismatches, double CpuSecondsPerAccount, double PeakMemoryMb, double Seconds)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>In words: what differed, and how many processes were killed.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Whether everything that was to happen to the night did.</summary>
    [JsonIgnore]
    public bool IsDisturbed { get; init; } = true;

    [JsonIgnore]
    public bool IsRight => IsDisturbed && Finished == Accounts && Twice == 0 && Mismatches == 0;

    public string ToJson() => JsonSerializer.Serialize(this, Options);
}
