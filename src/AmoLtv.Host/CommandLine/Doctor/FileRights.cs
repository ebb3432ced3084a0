namespace AmoLtv.Host.CommandLine.Doctor;

/// <summary>Who beside its owner may use a file or folder.</summary>
internal static class FileRights
{
    /// <summary>Whether any user of the machine may read it; false where the system does not say. Its group may: that is how secrets are given to a service.</summary>
    public static bool IsOpenToAll(string path) => !OperatingSystem.IsWindows() && File.GetUnixFileMode(path).HasFlag(UnixFileMode.OtherRead);
}
