using System.Runtime.Versioning;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using AmoLtv.Host.CommandLine;

namespace AmoLtv.Host.Exporting;

/// <summary>The folder an export is written to: empty before, for its owner alone.</summary>
internal sealed class ExportFolder
{
    private const UnixFileMode OwnersFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly string _path;

    private ExportFolder(string path) => _path = path;

    /// <exception cref="CommandFailedException">The folder is not empty, or cannot be made.</exception>
    public static ExportFolder Create(string path)
    {
        try
        {
            if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            {
                throw new CommandFailedException($"--out: {path} is not empty; an export wants a folder of its own.");
            }

            Make(path);
            Make(Path.Combine(path, "json"));
            Make(Path.Combine(path, "csv"));
            return new ExportFolder(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"--out: {path} cannot be made: {failure.Message}");
        }
    }

    public string JsonFile(string table) => Path.Combine(_path, "json", table + ".json");

    public string CsvFile(string table) => Path.Combine(_path, "csv", table + ".csv");

    public static StreamWriter Open(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnersFile;
        }

        return new StreamWriter(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), options) { NewLine = "\n" };
    }

    public async Task FinishAsync(ExportManifest manifest, CancellationToken cancellationToken)
    {
        await using var file = Open(Path.Combine(_path, "manifest.json"));
        await file.WriteLineAsync(JsonSerializer.Serialize(manifest, Json).AsMemory(), cancellationToken);
    }

    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        MakePrivate(path);
    }

    [UnsupportedOSPlatform("windows")]
    private static void MakePrivate(string path)
    {
        Directory.CreateDirectory(path, OwnersFolder);
        // One that was there already keeps its own rights otherwise.
        File.SetUnixFileMode(path, OwnersFolder);
    }
}
