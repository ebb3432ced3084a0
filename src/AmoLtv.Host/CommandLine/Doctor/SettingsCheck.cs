namespace AmoLtv.Host.CommandLine.Doctor;

/// <summary>Whether the service would start with its settings.</summary>
internal sealed class SettingsCheck(IServiceProvider services) : ICheck
{
    public const string Name = "settings";

    public Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) => Task.FromResult(Judge(ConfigurationCheck.Find(services)));

    internal static IReadOnlyList<Finding> Judge(IReadOnlyList<string> errors) => errors.Count == 0
        ? [Finding.Ok(Name, "Every section can be read.")]
        : [.. errors.Select(error => Finding.Failed(Name, error, "Correct the key in appsettings.json or its environment variable."))];
}
