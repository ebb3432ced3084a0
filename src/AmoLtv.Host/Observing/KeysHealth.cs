using System.Security.Cryptography;
using AmoLtv.Host.Installing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Observing;

/// <summary>Whether tokens could be read: the process knows a key, and the files of all keys are there to be read by the next process.</summary>
internal sealed class KeysHealth(SecretProtector protector, IOptions<KeyOptions> options) : IHealthCheck
{
    private const string Word = "readable";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return Task.FromResult(protector.Unprotect(protector.Protect(Word)) == Word && AreFilesReadable()
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("There is no key."));
        }
        catch (Exception failure) when (failure is CryptographicException or ConnectionLostException or IOException or UnauthorizedAccessException)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy("The keys cannot be read.", failure));
        }
    }

    private bool AreFilesReadable()
    {
        if (options.Value.Folder is not { } folder)
        {
            return true;
        }

        var files = Directory.GetFiles(folder, "key-*.xml");
        foreach (var file in files)
        {
            using var key = File.OpenRead(file);
            _ = key.ReadByte();
        }

        return files.Length > 0;
    }
}
