using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace AmoLtv.Sandbox.Cards;

/// <summary>A packed widget, unpacked into memory the way the CRM serves it: under a code made on upload.</summary>
internal sealed class WidgetArchive
{
    private const long LargestFile = 10_000_000;
    private readonly Dictionary<string, byte[]> _files;

    private WidgetArchive(string code, JsonElement manifest, Dictionary<string, byte[]> files)
    {
        Code = code;
        Manifest = manifest;
        _files = files;
    }

    /// <summary>The widget's code; a new archive gets a new one.</summary>
    public string Code { get; }

    public JsonElement Manifest { get; }

    public string Version => Manifest.GetProperty("widget").TryGetProperty("version", out var version) ? version.ToString() : "1";

    public byte[]? File(string path) => _files.GetValueOrDefault(path);

    /// <summary>The words of a language, or of the first one the widget has.</summary>
    public JsonElement Words(string language)
    {
        var named = Manifest.GetProperty("widget").GetProperty("locale").EnumerateArray().Select(locale => locale.GetString()!).ToList();
        var file = File($"i18n/{(named.Contains(language, StringComparer.Ordinal) ? language : named[0])}.json");
        using var document = JsonDocument.Parse(file ?? "{}"u8.ToArray());
        return document.RootElement.Clone();
    }

    /// <exception cref="SandboxException">It is missing, no zip, or no widget archive; the message says which.</exception>
    public static WidgetArchive Read(string path)
    {
        try
        {
            var bytes = System.IO.File.ReadAllBytes(path);
            using var zip = new ZipArchive(new MemoryStream(bytes));
            var files = zip.Entries.Where(entry => !entry.FullName.EndsWith('/')).ToDictionary(entry => entry.FullName, Unpack, StringComparer.Ordinal);
            if (!files.TryGetValue("manifest.json", out var text) || !files.ContainsKey("script.js"))
            {
                throw new SandboxException($"{path} is no widget archive: manifest.json and script.js have to lie at its root.");
            }

            using var manifest = JsonDocument.Parse(text);
            return new WidgetArchive("w" + Convert.ToHexStringLower(SHA256.HashData(bytes))[..16], manifest.RootElement.Clone(), files);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or InvalidDataException or JsonException)
        {
            throw new SandboxException($"The widget archive {path} cannot be read: {unreadable.Message}");
        }
    }

    private static byte[] Unpack(ZipArchiveEntry entry)
    {
        if (entry.Length > LargestFile)
        {
            throw new InvalidDataException($"{entry.FullName} has more than {LargestFile} bytes.");
        }

        using var content = entry.Open();
        using var memory = new MemoryStream();
        content.CopyTo(memory);
        return memory.ToArray();
    }
}
