using System.Globalization;

namespace AmoLtv.Night;

/// <summary>What a simulated night is made of.</summary>
/// <param name="Accounts">Accounts, 1..10,000.</param>
/// <param name="Leads">Leads of each, 0..100,000; a tenth as many companies.</param>
/// <param name="Processes">Processes of the service on the one database, 1..16.</param>
/// <param name="Kills">SIGKILLs spread over the night, 0..10,000; a killed process is started again at once.</param>
/// <param name="Seed">Decides the accounts' data, who is killed and when.</param>
/// <param name="Outage">Seconds for which PostgreSQL is stopped in the middle of the night, 0..3,600.</param>
/// <param name="Previous">Folder of the previous version's program: the night begins with it, and its processes are replaced one after the other. Null: there is none.</param>
internal sealed record NightArguments(int Accounts = 20, int Leads = 1000, int Processes = 2, int Kills = 0, int Seed = 1, int Outage = 0, string? Previous = null)
{
    public const string Usage = "night [--accounts N] [--leads N] [--processes P] [--kills K] [--seed S] [--outage SECONDS] [--previous FOLDER]";

    /// <summary>Whether the accounts lie in several time zones; so many do of themselves, a few share one, so that their night is short.</summary>
    public bool AreSpread { get => field || Accounts > NightTown.MostKinds; init; }

    private static readonly Dictionary<string, (int Least, int Most)> Ranges = new(StringComparer.Ordinal)
    {
        ["--accounts"] = (1, 10_000), ["--leads"] = (0, 100_000), ["--processes"] = (1, 16), ["--kills"] = (0, 10_000), ["--seed"] = (0, 1_000_000), ["--outage"] = (0, 3600),
    };

    /// <returns>Null where they cannot be read.</returns>
    public static NightArguments? Parse(IReadOnlyList<string> arguments)
    {
        var asked = new NightArguments();
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (arguments[i] == "--previous" && i + 1 < arguments.Count)
            {
                asked = asked with { Previous = arguments[i + 1] };
                continue;
            }

            if (i + 1 == arguments.Count || !Ranges.TryGetValue(arguments[i], out var range)
                || !int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < range.Least || value > range.Most)
            {
                return null;
            }

            asked = arguments[i] switch
            {
                "--accounts" => asked with { Accounts = value },
                "--leads" => asked with { Leads = value },
                "--processes" => asked with { Processes = value },
                "--kills" => asked with { Kills = value },
                "--outage" => asked with { Outage = value },
                _ => asked with { Seed = value },
            };
        }

        return asked;
    }
}
