namespace AmoLtv.Host.CommandLine.Doctor;

/// <summary>Who beside its owner may use a file or folder.</summary>
internal static class FileRights
{
    /// <summary>Whether any user of the machine may read it; false where the system does not say. Its group may: that is how secrets are given to a service.</summary>
    public static bool IsOpenToAll(string path) => !OperatingSystem.IsWindows() && File.GetUnixFileMode(path).HasFlag(UnixFileMode.OtherRead);

    /// <summary>Whether it is a secret that any user may read, but for those that an engine for containers hands to whoever runs in the container: nobody but the service.</summary>
    public static bool IsSecretOpenToAll(string path) => !path.StartsWith("/run/secrets/", StringComparison.Ordinal) && IsOpenToAll(path);

    public static Finding Exposed(string check, IReadOnlyList<string> files) =>
        Finding.Warning(check, $"Every user of this machine may read {string.Join(" and ", files)}.", $"Take the right away: chmod o-rwx {string.Join(' ', files)}");
}
