using AmoLtv.Host.Installing;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.CommandLine.Doctor;

/// <summary>The folder of the keys by which stored tokens are read: without it every account has to be connected anew.</summary>
internal sealed class KeysCheck(IOptions<KeyOptions> options) : ICheck
{
    public const string Name = "keys";

    public Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Finding>>([options.Value.Folder is { } folder
            ? Judge(Look(Path.GetFullPath(folder)))
            : Finding.Warning(Name, "Keys:Folder is not set: keys lie in a folder of the user's.", "Name a folder that is backed up apart from the database.")]);

    internal static Finding Judge(KeyFolderFacts facts) => facts switch
    {
        { IsInDatabase: true } => Finding.Failed(
            Name, $"{facts.Folder} lies in the database's folder: whoever has a copy of it can read the tokens.", "Stop the service, move the folder elsewhere, and name the place in Keys:Folder."),
        { IsWritable: false } => Finding.Warning(
            Name, $"Nothing can be written to {facts.Folder}: a new key, due every 90 days, could not be stored.", "Give the service's user the right to write there."),
        { IsOpenToAll: true } => Finding.Warning(Name, $"Every user of this machine may read {facts.Folder}.", $"Take the right away: chmod 700 {facts.Folder}"),
        { Unprotected: > 0 } => Finding.Warning(
            Name, $"{facts.Unprotected} of {facts.Keys} keys in {facts.Folder} were written without a certificate.", "Name one in Keys:CertificateFile: keys made from then on are protected."),
        { Keys: 0 } => Finding.Ok(Name, $"{facts.Folder} is ready; the first key is made with the first token."),
        _ => Finding.Ok(Name, $"{facts.Folder} holds {facts.Keys} keys, protected, and can be written to."),
    };

    private static KeyFolderFacts Look(string folder)
    {
        var keys = Directory.GetFiles(folder, "key-*.xml");
        var isWritable = true;
        try
        {
            using var probe = File.Create(Path.Combine(folder, $"probe-{Guid.NewGuid():N}"), bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            isWritable = false;
        }

        return new KeyFolderFacts(
            folder, keys.Length, keys.Count(key => !File.ReadAllText(key).Contains("<encryptedSecret", StringComparison.Ordinal)), isWritable,
            FileRights.IsOpenToAll(folder), IsInDatabase(folder));
    }

    /// <summary>A folder of PostgreSQL's has its version in a file of this name.</summary>
    private static bool IsInDatabase(string folder)
    {
        for (var parent = new DirectoryInfo(folder); parent is not null; parent = parent.Parent)
        {
            if (File.Exists(Path.Combine(parent.FullName, "PG_VERSION")))
            {
                return true;
            }
        }

        return false;
    }
}
