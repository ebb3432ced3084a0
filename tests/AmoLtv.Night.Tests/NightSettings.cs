using System.Globalization;

namespace AmoLtv.Night;

/// <summary>Configuration of the service for a night.</summary>
internal static class NightSettings
{
    /// <param name="town">The accounts it may call.</param>
    /// <param name="connectionString">The database its processes share.</param>
    /// <param name="keys">The folder of keys they share.</param>
    public static IReadOnlyDictionary<string, string> Of(NightTown town, string connectionString, string keys)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Database:ConnectionString"] = connectionString,
            // No service manager is here that would start it again when the database is away for longer.
            ["Database:WaitSeconds"] = "600",
            ["Integrations:0:ClientId"] = town.Integration.ClientId,
            ["Integrations:0:ClientSecret"] = town.Integration.Secret,
            ["Integrations:0:Brand"] = "amocrm",
            ["Integrations:0:RedirectUri"] = town.Integration.RedirectUri,
            ["Crm:SandboxClock"] = town.Accounts[0].Address.ToString(),
            // Six real seconds for a request on a busy machine.
            ["Crm:TimeoutSeconds"] = "120",
            ["Keys:Folder"] = keys,
            // The night is the only run there is: nothing is read or written before it.
            ["Scheduling:RunWhenConnected"] = "false",
            ["Webhooks:FollowChanges"] = "false",
            ["Logging:LogLevel:Default"] = "Warning",
        };
        for (var number = 0; number < town.Accounts.Count; number++)
        {
            settings[string.Create(CultureInfo.InvariantCulture, $"Crm:ExtraHosts:{number}")] = town.Accounts[number].Address.Authority;
        }

        return settings;
    }

    public static IReadOnlyDictionary<string, string> AsEnvironment(IReadOnlyDictionary<string, string> settings) =>
        settings.Select(setting => (Name: setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value))
            .Append(("DOTNET_ENVIRONMENT", "Development"))
            .Append(("ASPNETCORE_ENVIRONMENT", "Development"))
            .ToDictionary(setting => setting.Item1, setting => setting.Item2, StringComparer.Ordinal);
}
