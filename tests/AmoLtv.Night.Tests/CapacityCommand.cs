using System.Text.Json;
using System.Text.Json.Serialization;

namespace AmoLtv.Night;

/// <summary><c>capacity [--json]</c>: prints the page, or one line of JSON with the predictions.</summary>
internal static class CapacityCommand
{
    public const string Name = "capacity";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <returns>0, or 2 where the arguments are wrong.</returns>
    public static int Run(IReadOnlyList<string> arguments)
    {
        var (units, mix) = (CapacityUnits.Read(), new CapacityMix());
        switch (arguments)
        {
            case []:
                Console.Write(CapacityPage.Write(units, mix));
                return 0;
            case ["--json"]:
                Console.WriteLine(JsonSerializer.Serialize(CapacityPage.Sizes.Select(accounts => CapacityRule.Predict(accounts, mix, units)), Options));
                return 0;
            default:
                Console.Error.WriteLine("capacity [--json]");
                return 2;
        }
    }
}
