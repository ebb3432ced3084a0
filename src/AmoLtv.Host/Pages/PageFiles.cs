using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Pages;

/// <summary>
/// The built pages, read from their folder and kept compressed in memory: they are a few megabytes and never many. A file that was built
/// again is read again.
/// </summary>
public sealed partial class PageFiles : IHostedService, IDisposable
{
    private static readonly FileExtensionContentTypeProvider Types = new();

    private readonly ConcurrentDictionary<string, (DateTimeOffset Written, long Length, PageFile File)> _read = new(StringComparer.Ordinal);
    private readonly string _folder;
    private readonly ILogger<PageFiles> _logger;
    private readonly Lock _opening = new();
    private PhysicalFileProvider? _files;

    public PageFiles(IOptions<PagesOptions> options, ILogger<PageFiles> logger)
    {
        _folder = Path.GetFullPath(options.Value.Place);
        _logger = logger;
    }

    /// <summary>The page that every address of the pages begins with; null where the pages were not built.</summary>
    /// <param name="parent">Origin of the account's pages that frame it, null for a page opened on its own.</param>
    public PageFile? FindIndex(Uri? parent) => Locate("index.html") is { } file
        ? Keep("index of " + parent, file, path => PageFile.Of("text/html; charset=utf-8", Encoding.UTF8.GetBytes(PageDocument.Compose(File.ReadAllText(path), parent))))
        : null;

    /// <param name="path">Below <c>assets/</c>.</param>
    /// <returns>Null where there is no such file.</returns>
    public PageFile? FindAsset(string path)
    {
        // A path of many spellings is one file: kept by its place, it is kept once.
        if (path.Split('/').Contains("") || Locate("assets/" + path) is not { } file)
        {
            return null;
        }

        return Keep(file.PhysicalPath!, file, place => PageFile.Of(
            Types.TryGetContentType(place, out var type) ? Named(type) : "application/octet-stream", File.ReadAllBytes(place)));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (Locate("index.html") is null)
        {
            Log.NotBuilt(_logger, _folder);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _files?.Dispose();

    private PageFile Keep(string key, IFileInfo file, Func<string, PageFile> read)
    {
        if (_read.TryGetValue(key, out var known) && known.Written == file.LastModified && known.Length == file.Length)
        {
            return known.File;
        }

        var made = read(file.PhysicalPath!);
        _read[key] = (file.LastModified, file.Length, made);
        return made;
    }

    /// <summary>The provider looks at nothing outside the folder, and at no hidden file. It is made when the folder is there.</summary>
    private IFileInfo? Locate(string path)
    {
        lock (_opening)
        {
            if (_files is null && Directory.Exists(_folder))
            {
                _files = new PhysicalFileProvider(_folder, ExclusionFilters.Sensitive);
            }
        }

        return _files?.GetFileInfo(path) is { Exists: true, IsDirectory: false } file ? file : null;
    }

    private static string Named(string type) =>
        type.StartsWith("text/", StringComparison.Ordinal) || type is "application/javascript" or "application/json" ? type + "; charset=utf-8" : type;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The pages for settings, analytics and operations are not built: there is no index.html in {Folder}. Build them (npm --prefix widget run build) or set Pages:Folder; until then /pages answers with status 503.")]
        public static partial void NotBuilt(ILogger logger, string folder);
    }
}
