using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Installing;

/// <summary>Refuses a folder of keys that cannot be used, at start and not with the first token.</summary>
internal sealed class KeyFolderCheck : IValidateOptions<KeyOptions>
{
    public ValidateOptionsResult Validate(string? name, KeyOptions options)
    {
        if (options.Folder is not { } folder)
        {
            return ValidateOptionsResult.Success;
        }

        try
        {
            Directory.CreateDirectory(folder);
            if (!Directory.EnumerateFiles(folder, "key-*.xml").Any())
            {
                // The first key is yet to be written; a folder that has keys may be mounted for reading alone.
                using var probe = File.Create(Path.Combine(folder, $"probe-{Guid.NewGuid():N}"), bufferSize: 1, FileOptions.DeleteOnClose);
            }

            return ValidateOptionsResult.Success;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return ValidateOptionsResult.Fail(
                $"Keys:Folder: '{folder}' cannot be used ({failure.Message}); allowed: a folder that exists or can be made, in which this user may write.");
        }
    }
}
