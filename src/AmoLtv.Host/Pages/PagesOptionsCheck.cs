using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Pages;

/// <summary>Names a wrong key of the section <c>Pages</c> and what is allowed there. A folder that is not there yet is told of, and no reason to stop.</summary>
internal sealed class PagesOptionsCheck : IValidateOptions<PagesOptions>
{
    public ValidateOptionsResult Validate(string? name, PagesOptions options) =>
        options.Folder is { } folder && string.IsNullOrWhiteSpace(folder)
            ? ValidateOptionsResult.Fail("Pages:Folder: an empty name is not allowed; the path of the folder that holds index.html, or null for pages/ beside the program.")
            : File.Exists(options.Place)
                ? ValidateOptionsResult.Fail($"Pages:Folder: {options.Place} is a file; the path of the folder that holds index.html.")
                : ValidateOptionsResult.Success;
}
