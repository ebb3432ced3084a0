using Microsoft.Extensions.Options;
using Npgsql;

namespace AmoLtv.Host.CommandLine.Doctor;

/// <summary>Every check in its order. One that cannot be made is a finding, too, and keeps no other from being made.</summary>
internal static class Examination
{
    private const string Database = DatabaseCheck.Name;

    /// <summary>Name, check, and whether it asks the database.</summary>
    private static readonly (string Name, Type Check, bool AsksDatabase)[] Checks =
    [
        (SettingsCheck.Name, typeof(SettingsCheck), false),
        (Database, typeof(DatabaseCheck), false),
        (ConnectionsCheck.Name, typeof(ConnectionsCheck), true),
        (MigrationsCheck.Name, typeof(MigrationsCheck), true),
        (PrivilegesCheck.Name, typeof(PrivilegesCheck), true),
        (ClockRule.Name, typeof(DatabaseClockCheck), true),
        (CrmCheck.Name, typeof(CrmCheck), false),
        (RedirectCheck.Name, typeof(RedirectCheck), false),
        (PublicAddressCheck.Name, typeof(PublicAddressCheck), false),
        (CertificateCheck.Name, typeof(CertificateCheck), false),
        (KeysCheck.Name, typeof(KeysCheck), false),
        (TokensCheck.Name, typeof(TokensCheck), true),
        (PagesCheck.Name, typeof(PagesCheck), false),
        (DiskCheck.Name, typeof(DiskCheck), false),
    ];

    /// <param name="services">Of the server, which is not started.</param>
    /// <param name="cancellationToken">Ends the examination.</param>
    public static async Task<IReadOnlyList<Finding>> RunAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var (name, check, asksDatabase) in Checks)
        {
            var isAway = asksDatabase && findings.Exists(finding => finding is { Check: Database, Outcome: Outcome.Failed });
            findings.AddRange(isAway
                ? [Finding.Failed(name, "Not looked at: the database does not answer.", "Mend the database first.")]
                : await RunAsync(services, name, check, cancellationToken));
        }

        return findings;
    }

    private static async Task<IReadOnlyList<Finding>> RunAsync(IServiceProvider services, string name, Type check, CancellationToken cancellationToken)
    {
        try
        {
            return await ((ICheck)ActivatorUtilities.CreateInstance(services, check)).RunAsync(cancellationToken);
        }
        catch (OptionsValidationException invalid)
        {
            return [Finding.Failed(name, "Not looked at, since a setting is wrong. " + string.Join(" ", invalid.Failures), "Correct the setting.")];
        }
        catch (InvalidOperationException unreadable) when (ConfigurationCheck.Words(unreadable) is { } words)
        {
            return [Finding.Failed(name, "Not looked at, since a setting is wrong. " + words, "Correct the setting.")];
        }
        catch (PostgresException refused)
        {
            return [Finding.Failed(name, $"The database refused a question: {refused.MessageText}.", "See what is said of migrations and privileges.")];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NpgsqlException)
        {
            return [Finding.Failed(name, $"Could not be looked at: {failure.Message}", "Run the doctor as the user the service runs as.")];
        }
    }
}
