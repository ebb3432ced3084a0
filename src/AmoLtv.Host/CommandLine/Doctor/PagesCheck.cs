using AmoLtv.Host.Pages;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.CommandLine.Doctor;

/// <summary>Whether the pages for settings, analytics and operations are there.</summary>
internal sealed class PagesCheck(IOptions<PagesOptions> options) : ICheck
{
    public const string Name = "pages";

    public Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var folder = options.Value.Place;
        return Task.FromResult<IReadOnlyList<Finding>>([Judge(folder, File.Exists(Path.Combine(folder, "index.html")))]);
    }

    internal static Finding Judge(string folder, bool isThere) => isThere
        ? Finding.Ok(Name, $"The pages lie in {folder}.")
        : Finding.Warning(
            Name, $"There is no index.html in {folder}: settings, analytics and operations cannot be shown.",
            "Build them (npm --prefix widget ci && npm --prefix widget run build) before publishing, or name their folder in Pages:Folder.");
}
