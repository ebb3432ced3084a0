using System.Text.Json;
using AmoLtv.Testing;

namespace AmoLtv.Night;

/// <summary>What one account, one lead or one process costs, as measured; <c>capacity-units.json</c> says where.</summary>
internal sealed record CapacityUnits(
    CapacityUnits.Unit CpuSecondsPerProcess,
    CapacityUnits.Unit CpuSecondsPerAccount,
    CapacityUnits.Unit CpuSecondsPerThousandLeads,
    CapacityUnits.Unit DatabaseMibPerAccount,
    CapacityUnits.Unit DatabaseMibPerThousandLeads,
    CapacityUnits.Unit ProcessMib,
    CapacityUnits.Unit ProcessMibPerThousandLeads,
    CapacityUnits.Unit RequestsPerNight,
    CapacityUnits.Unit RequestsPerChangedLead,
    CapacityUnits.Unit RequestsPerLeadOfWholeScan,
    CapacityUnits.Unit CardsPerSecondAndProcessor)
{
    /// <param name="Value">As measured.</param>
    /// <param name="Source">Where and how.</param>
    internal sealed record Unit(double Value, string Source);

    /// <summary>Those that are committed.</summary>
    public static CapacityUnits Read()
    {
        using var file = File.OpenRead(Path.Combine(Repository.Root, "tests", "AmoLtv.Night.Tests", "capacity-units.json"));
        return JsonSerializer.Deserialize<CapacityUnits>(file, JsonSerializerOptions.Web)!;
    }

    /// <summary>Each with its name, in the order of the file.</summary>
    public IEnumerable<(string Name, Unit Unit)> All() =>
        GetType().GetProperties().Where(property => property.PropertyType == typeof(Unit))
            .Select(property => (JsonNamingPolicy.CamelCase.ConvertName(property.Name), (Unit)property.GetValue(this)!));
}
