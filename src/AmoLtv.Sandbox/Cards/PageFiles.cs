namespace AmoLtv.Sandbox.Cards;

/// <summary>The card page's own files, embedded, and the libraries that amoCRM's pages bring along.</summary>
internal static class PageFiles
{
    private static readonly Dictionary<string, string> Libraries = new(StringComparer.Ordinal)
    {
        ["require.js"] = "requirejs/require.js",
        ["jquery.js"] = "jquery/dist/jquery.js",
        ["underscore.js"] = "underscore/underscore.js",
    };

    /// <summary>Null when there is no such file.</summary>
    public static byte[]? Read(string name)
    {
        using var resource = typeof(PageFiles).Assembly.GetManifestResourceStream("Cards/Page/" + name);
        if (resource is null)
        {
            return null;
        }

        using var memory = new MemoryStream();
        resource.CopyTo(memory);
        return memory.ToArray();
    }

    /// <summary>A library out of a <c>node_modules</c> folder; null when it is not one of the page's, or not there.</summary>
    public static byte[]? ReadLibrary(string? modulesFolder, string name) =>
        modulesFolder is not null && Libraries.TryGetValue(name, out var path) && Path.Combine(modulesFolder, path) is var file && File.Exists(file)
            ? File.ReadAllBytes(file)
            : null;

    /// <summary>The libraries that the folder lacks; empty when the page can work.</summary>
    public static IReadOnlyList<string> Missing(string? modulesFolder) =>
        [.. Libraries.Values.Where(path => modulesFolder is null || !File.Exists(Path.Combine(modulesFolder, path)))];

    public static string ContentType(string path) => Path.GetExtension(path) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".json" => "application/json; charset=utf-8",
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".gif" => "image/gif",
        ".svg" => "image/svg+xml",
        ".html" => "text/html; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    };
}
