using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Installing;

/// <summary>Refuses keys that lie unprotected where real accounts are served.</summary>
internal sealed class KeyOptionsCheck(IHostEnvironment environment) : IValidateOptions<KeyOptions>
{
    public ValidateOptionsResult Validate(string? name, KeyOptions options)
    {
        var errors = Errors(options).ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private IEnumerable<string> Errors(KeyOptions options)
    {
        if (!environment.IsDevelopment() && options.Folder is null)
        {
            yield return "Keys:Folder: missing; except in Development a folder outside the database that holds the keys of stored tokens. "
                + "For a trial set DOTNET_ENVIRONMENT=Development.";
        }

        if (!environment.IsDevelopment() && options.CertificateFile is null)
        {
            yield return "Keys:CertificateFile: missing; except in Development a PKCS#12 file whose certificate protects the keys of stored tokens. "
                + "For a trial set DOTNET_ENVIRONMENT=Development.";
        }

        if (options.CertificateFile is not null && options.Folder is null)
        {
            yield return "Keys:Folder: missing; the certificate of Keys:CertificateFile protects keys in a folder.";
        }

        if (CertificateError(options) is { } error)
        {
            yield return error;
        }

        foreach (var previous in options.PreviousCertificateFiles.Select((file, index) => PreviousError(options, file, index)).OfType<string>())
        {
            yield return previous;
        }
    }

    private static string? PreviousError(KeyOptions options, string file, int index)
    {
        try
        {
            using var certificate = SecretProtector.LoadPrevious(options, file);
            return certificate.HasPrivateKey ? null : $"Keys:PreviousCertificateFiles:{index}: the certificate has no private key; a PKCS#12 file with one.";
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return $"Keys:PreviousCertificateFiles:{index}: {file} cannot be read as PKCS#12: {failure.Message}";
        }
    }

    private static string? CertificateError(KeyOptions options)
    {
        if (options.CertificatePasswordFile is { } password && !File.Exists(password))
        {
            return $"Keys:CertificatePasswordFile: there is no file {password}.";
        }

        if (options.CertificateFile is null)
        {
            return null;
        }

        try
        {
            using var certificate = SecretProtector.LoadCertificate(options);
            return certificate!.HasPrivateKey ? null : "Keys:CertificateFile: the certificate has no private key; a PKCS#12 file with one.";
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return $"Keys:CertificateFile: {options.CertificateFile} cannot be read as PKCS#12: {failure.Message}";
        }
    }
}
