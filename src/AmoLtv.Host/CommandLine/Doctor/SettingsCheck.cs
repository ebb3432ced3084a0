using AmoLtv.Host.Installing;
using AmoLtv.Host.Notices;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.CommandLine.Doctor;

/// <summary>Whether the service would start with its settings, and whether the secrets they name are nobody else's.</summary>
internal sealed class SettingsCheck(IServiceProvider services) : ICheck
{
    public const string Name = "settings";

    public Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var errors = ConfigurationCheck.Find(services);
        // What cannot be read names no file.
        return Task.FromResult(Judge(errors, errors.Count > 0 ? [] : [.. SecretFiles().Where(FileRights.IsSecretOpenToAll)]));
    }

    /// <param name="errors">Settings that are wrong.</param>
    /// <param name="exposed">Files of secrets that any user of the machine may read.</param>
    internal static IReadOnlyList<Finding> Judge(IReadOnlyList<string> errors, IReadOnlyList<string> exposed) =>
        errors.Count > 0 ? [.. errors.Select(error => Finding.Failed(Name, error, "Correct the key in appsettings.json or its environment variable."))]
        : exposed.Count > 0 ? [FileRights.Exposed(Name, exposed)]
        : [Finding.Ok(Name, "Every section can be read.")];

    private IEnumerable<string> SecretFiles() => services.GetRequiredService<IOptions<IntegrationsOptions>>().Value.Items
        .SelectMany(integration => new[] { integration.ClientSecretFile, integration.PreviousClientSecretFile })
        .Append(services.GetRequiredService<IOptions<NoticesOptions>>().Value.SmtpPasswordFile)
        .OfType<string>();
}
